"""Errors in words: a title, what happened, what to try, and the node it is about."""

import errno

import pytest

from builder.failures import explain
from graphs.errors import UserError


class OutOfMemoryError(RuntimeError):
    """Named as torch names its own."""


@pytest.mark.parametrize(
    ("error", "title", "words", "advice"),
    [
        (UserError("conv1: no input. Connect one."), "This cannot run as it is", "conv1: no input. Connect one.", ""),
        (MemoryError(), "Out of memory", "no memory left", "Halve the batch size"),
        (OutOfMemoryError("CUDA out of memory.\nmore"), "Out of memory", "CUDA out of memory.", "Halve the batch size"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), "Out of memory", "Allocator", "Halve the batch"),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full", "No space left", "Free some space"),
        (ModuleNotFoundError("No module named 'onnx'"), "A library is missing", "onnx", "Install"),
        (RuntimeError("shapes differ\nat line 3"), "The run failed", "RuntimeError: shapes differ", "log"),
        (SystemExit(0), "The run ended itself", "exit", "log"),
        (KeyError(), "The run failed", "no details", "log"),
    ],
)
def test_in_words(error: BaseException, title: str, words: str, advice: str) -> None:
    failed = explain(error, "checkpoints/last.safetensors")
    assert failed.title == title
    assert words in failed.what
    assert advice in failed.advice
    assert "\n" not in failed.what
    assert failed.last_checkpoint == "checkpoints/last.safetensors"


def test_the_node_that_an_error_names_is_kept() -> None:
    error = RuntimeError("mat1 and mat2 shapes cannot be multiplied")
    assert explain(error).node is None
    error.__dict__.update(node="n7", network="main")
    assert (explain(error).node, explain(error).network) == ("n7", "main")
