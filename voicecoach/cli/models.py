"""The commands `models list` and `models fetch`."""

import json
from pathlib import Path
from typing import Any

import click

from voicecoach.cli import options
from voicecoach.cli.groups import Group
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.model_files import read_model
from voicecoach.models.catalogue import installed_models, known_downloads, models_folder

_BUILT_IN = "moonshine-tiny-en"


@click.group(cls=Group)
def models() -> None:
    """Recognition models: what is here, and what can be fetched."""


@models.command("list")
@options.as_json
def list_models(as_json: bool) -> None:
    """Which models are here, and which can be fetched; each with its licence."""
    here, downloads = installed_models(), known_downloads()
    listed: list[dict[str, Any]] = [
        {"name": _BUILT_IN, "language": "en", "state": "built in", "licence": read_model(_BUILT_IN).licence}
    ]
    for model in here:
        licence = downloads[model.name].licence if model.name in downloads else None
        listed.append({"name": model.name, "language": model.language, "state": "here", "licence": licence,
                       "folder": str(model.folder)})  # fmt: skip
    listed += (
        {"name": name, "language": one.language, "state": "can be fetched", "licence": one.licence,
         "bytes": one.size_bytes}
        for name, one in downloads.items()
        if name not in {model.name for model in here}
    )  # fmt: skip
    if as_json:
        click.echo(json.dumps({"models": listed}))
        return
    for one in listed:
        where = f"in {one['folder']} " if "folder" in one else f"{one['state']:<18}"
        size = f", {one['bytes'] / 1e6:.0f} MB" if "bytes" in one else ""
        click.echo(f"{one['name']:<32} {one['language']}  {where} {one['licence'] or 'see its own files'}{size}")


@models.command()
@click.argument("name")
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, path_type=Path),
    help="An archive or a folder that is already here, instead of the network.",
)
def fetch(name: str, source: Path | None) -> None:
    """Install the model NAME."""
    from tqdm import tqdm

    from voicecoach.models.installation import fetch_model

    downloads = known_downloads()
    if name not in downloads:
        raise VoicecoachError(f"There is no model {name} to fetch; there is {', '.join(downloads)}.")
    model = downloads[name]
    with tqdm(total=model.size_bytes, unit="B", unit_scale=True, disable=None, leave=False) as bar:
        place = fetch_model(model, models_folder(), source, bar.update)
    click.echo(f"{name} ({model.licence}) is in {place}.")
