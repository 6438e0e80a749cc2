"""Residual networks: blocks with a shortcut round them."""

from graphs.parameters import Integer
from graphs.project import Project
from graphs.templates.drawing import Pen, draw_block, set_data, set_training
from graphs.templates.registry import Options, template


@template(
    "resnet_small",
    "Small ResNet",
    "Three stages of residual blocks, with a projection where the picture gets smaller; for 8x8 to 64x64 pixels.",
    Integer(name="size", default=8, low=8, high=1024, unit="pixels", doc="Height and width of the pictures."),
    Integer(name="channels", default=1, low=1, high=1024, doc="Channels of the pictures: 1 for grey, 3 for colour."),
    Integer(name="width", default=16, low=1, high=1024, unit="channels", doc="Channels of the first stage."),
    Integer(name="depth", default=2, low=2, high=64, unit="blocks", doc="Residual blocks of each stage."),
    Integer(name="classes", default=10, low=2, high=100_000, doc="How many classes to tell apart."),
    source="He, Zhang, Ren and Sun 2016",
)
def _resnet_small(project: Project, options: Options) -> None:
    width, depth, size = options["width"], options["depth"], options["size"]
    _basic_block(project, width)
    _projection_block(project, width)
    pen = Pen(project).add("Input", "image", shape=(options["channels"], size, size))
    pen.add("Conv2d", "conv1", out_channels=width, padding=1, bias=False)
    pen.add("BatchNorm2d", "bn1").add("ReLU", "relu1")
    pen.block("stage1", "BasicBlock", depth, width=width)
    for number, factor in ((2, 2), (3, 4)):
        pen.block(f"down{number}", "ProjectionBlock", width=factor * width)
        pen.block(f"stage{number}", "BasicBlock", depth - 1, width=factor * width)
    pen.add("AdaptiveAvgPool2d", "pool", output_size=1).add("Flatten", "flatten")
    pen.add("Linear", "fc", out_features=options["classes"]).add("Classification", "label")
    set_data(project, {"kind": "digits"} if (options["channels"], size) == (1, 8) else None)
    set_training(project)


def _basic_block(project: Project, width: int) -> None:
    """Two convolutions; what came in is added to what comes out."""
    pen = draw_block(project, "BasicBlock", width=width).add("Inlet", "x")
    shortcut = pen.branch()
    _two_convolutions(pen)
    pen.join("Add", "add", shortcut).add("ReLU", "relu2").add("Outlet", "y")


def _projection_block(project: Project, width: int) -> None:
    """The same at half the height and width, so that a convolution has to fit the shortcut's shape as well."""
    pen = draw_block(project, "ProjectionBlock", width=width).add("Inlet", "x")
    shortcut = pen.branch()
    shortcut.add("Conv2d", "projection", out_channels="width", kernel_size=1, stride=2, bias=False)
    shortcut.add("BatchNorm2d", "bn_projection")
    _two_convolutions(pen, stride=2)
    pen.join("Add", "add", shortcut).add("ReLU", "relu2").add("Outlet", "y")


def _two_convolutions(pen: Pen, stride: int = 1) -> None:
    pen.add("Conv2d", "conv1", out_channels="width", stride=stride, padding=1, bias=False)
    pen.add("BatchNorm2d", "bn1").add("ReLU", "relu1")
    pen.add("Conv2d", "conv2", out_channels="width", padding=1, bias=False).add("BatchNorm2d", "bn2")
