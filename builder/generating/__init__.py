"""The parts of the generator: values, names, line breaking, the plan of classes, constructors and forward passes."""
