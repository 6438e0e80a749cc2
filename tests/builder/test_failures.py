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
        (
            OutOfMemoryError("CUDA out of memory. Tried to allocate 20.50 GiB. GPU 0\nmore"),
            "Out of memory",
            "network and batch: 20.5 GB more were asked for.",
            "Halve the batch size",
        ),
        (
            RuntimeError("[enforce fail] can't allocate memory: you tried to allocate 983040000 bytes. Error code 12"),
            "Out of memory",
            "network and batch: 938 MB more were asked for.",
            "Halve the batch",
        ),
        (RuntimeError("CUDA error: out of memory"), "Out of memory", "network and batch.", "Halve the batch"),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "The disk is full",
            "written: No space left on device.",
            "Free some space",
        ),
        (ModuleNotFoundError("No module named 'onnx'"), "A library is missing", "onnx", "Install"),
        (RuntimeError("shapes differ\nat line 3"), "The run failed", "RuntimeError: shapes differ.", "log"),
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
