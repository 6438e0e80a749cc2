"""Plain stacks of convolutions for images."""

from graphs.parameters import Integer
from graphs.project import Project
from graphs.templates.drawing import Pen, set_data, set_training
from graphs.templates.registry import Options, template

CLASSES = Integer(name="classes", default=10, low=2, high=100_000, doc="How many classes to tell apart.")


@template(
    "lenet5",
    "LeNet-5",
    "The classic for handwritten digits: two convolutions, three connected layers, 61,706 parameters.",
    Integer(name="size", default=28, low=28, high=32, unit="pixels", doc="Height and width; 28 is padded to 32."),
    CLASSES,
    source="LeCun, Bottou, Bengio and Haffner 1998",
)
def _lenet5(project: Project, options: Options) -> None:
    size = options["size"]
    pen = Pen(project).add("Input", "image", shape=(1, size, size))
    pen.add("Conv2d", "conv1", out_channels=6, kernel_size=5, padding=2 if size == 28 else 0)
    pen.add("Tanh", "tanh1").add("AvgPool2d", "pool1")
    pen.add("Conv2d", "conv2", out_channels=16, kernel_size=5)
    pen.add("Tanh", "tanh2").add("AvgPool2d", "pool2").add("Flatten", "flatten")
    pen.add("Linear", "fc1", out_features=120).add("Tanh", "tanh3")
    pen.add("Linear", "fc2", out_features=84).add("Tanh", "tanh4")
    pen.add("Linear", "fc3", out_features=options["classes"]).add("Classification", "label")
    set_data(project, {"kind": "digits", "size": size} if options["classes"] == 10 else None)
    set_training(project)


@template(
    "digits_cnn",
    "Digits CNN",
    "Tell pictures of 8x8 pixels apart: three convolutions with batch normalization, over 98 % right within a minute.",
    Integer(name="width", default=16, low=1, high=1024, unit="channels", doc="Channels of the first convolution."),
    CLASSES,
)
def _digits_cnn(project: Project, options: Options) -> None:
    width = options["width"]
    pen = Pen(project).add("Input", "image", shape=(1, 8, 8))
    for number in (1, 2, 3):
        pen.add("Conv2d", f"conv{number}", out_channels=width * 2 ** (number - 1), padding=1, bias=False)
        pen.add("BatchNorm2d", f"bn{number}").add("ReLU", f"relu{number}")
        if number > 1:
            pen.add("MaxPool2d", f"pool{number - 1}")
    pen.add("Flatten", "flatten").add("Dropout", "dropout", p=0.25)
    pen.add("Linear", "fc", out_features=options["classes"]).add("Classification", "digit")
    set_data(project, {"kind": "digits"})
    set_training(project)
