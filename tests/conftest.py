"""Fixtures and settings that every test shares: no screen, one thread, private folders, reproducible examples."""

import gc
import os
from pathlib import Path

# Before anything imports Qt or torch: both read these once. Worker processes inherit them.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QApplication

from tests.patience import PatientBot

gc.disable()  # until all tests are collected: imports leave no garbage, and looking for it takes seconds

settings.register_profile("developer", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("developer"), derandomize=True, print_blob=True)
settings.register_profile("soak", settings.get_profile("developer"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "developer"))

SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data and models beside the checkout; a test that asks for it is skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, the folder of real data and models beside the checkout")
    return SHARED


@pytest.fixture(autouse=True)
def private_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test its own user data and settings, so that none reads the developer's or another test's."""
    home = tmp_path_factory.mktemp("user")
    monkeypatch.setenv("NETWRIGHT_DATA", str(home / "data"))
    monkeypatch.setenv("NETWRIGHT_CONFIG", str(home / "config"))


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """The hands and eyes of a test on widgets, in place of those of pytest-qt."""
    return PatientBot(request)


def pytest_collection_finish() -> None:
    """Keep what all imports made out of every later collection: tests for leaks ask for very many of them."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a GPU where there is none."""
    if item.get_closest_marker("gpu") is not None:
        import torch

        if not torch.cuda.is_available():
            pytest.skip("needs a CUDA device")


def pytest_sessionfinish() -> None:
    """Empty the clipboard: without a screen it outlives Python, and what Python made cannot be destroyed then."""
    if isinstance(QApplication.instance(), QApplication):
        QApplication.clipboard().clear()
