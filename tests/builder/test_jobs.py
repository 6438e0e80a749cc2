"""Jobs: read back as written, refused in words, and every kind has its function."""

import json

import pytest

from builder import jobs, worker
from builder.jobs import Job
from graphs.errors import UserError

PROJECT = {"format": "netwright", "version": 1, "title": "é"}


def test_round_trip() -> None:
    job = Job("train", PROJECT, "cuda:1", {"training.epochs": 3}, "/data", jobs.GO_ON)
    assert jobs.from_json(jobs.to_json(job)) == job


@pytest.mark.parametrize("kind", jobs.KINDS)
def test_every_kind_has_its_function(kind: str) -> None:
    assert callable(worker.resolve(kind))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "os.system"}, "one of train"),
        ({"kind": 3}, '"kind" should be str'),
        ({"device": "cuda:x"}, "cuda:0"),
        ({"device": "cpu; rm"}, "device"),
        ({"version": 2}, "newer"),
        ({"project": {}}, "needs a project"),
        ({"project": "x"}, '"project" should be an object'),
        ({"when_left": "explode"}, "go on"),
    ],
)
def test_what_does_not_fit_is_named(change: dict[str, object], words: str) -> None:
    document = json.loads(jobs.to_json(Job("train", PROJECT))) | change
    with pytest.raises(UserError, match=words) as caught:
        jobs.from_json(json.dumps(document), "job.json")
    assert str(caught.value).startswith("job.json: ")


@pytest.mark.parametrize("text", [b"", b"[1]", b"{", b"\xff", b"[" * 200_000, b'{"kind": ' + b"9" * 10_000 + b"}"])
def test_what_is_no_job_gives_one_error(text: bytes) -> None:
    with pytest.raises(UserError, match="this is no job"):
        jobs.from_json(text)
