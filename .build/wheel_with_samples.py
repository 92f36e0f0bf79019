"""The build backend: flit_core, with the top-level sample_data/ carried inside the package for `triage demo`."""

from flit_core import wheel
from flit_core.buildapi import *  # noqa: F403 - the hooks that a build front end calls


class WheelBuilder(wheel.WheelBuilder):
    """Adds sample_data/ to a wheel; an editable one finds it in the checkout."""

    def copy_module(self):
        """Copy the package, then the samples beside its modules."""
        super().copy_module()
        for path in sorted((self.directory / "sample_data").rglob("*")):
            if path.is_file():
                self._add_file(path, f"console/{path.relative_to(self.directory).as_posix()}")


wheel.WheelBuilder = WheelBuilder
