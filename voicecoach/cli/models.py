"""The commands `models list` and `models fetch`."""

from pathlib import Path

import click

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.model_files import read_model
from voicecoach.models.catalogue import installed_models, known_downloads, models_folder

_BUILT_IN = "moonshine-tiny-en"


@click.group()
def models() -> None:
    """Recognition models: what is here, and what can be fetched."""


@models.command("list")
def list_models() -> None:
    """Which models are here, and which can be fetched; each with its licence."""
    click.echo(f"{_BUILT_IN:<32} en  built in           {read_model(_BUILT_IN).licence}")
    here = installed_models()
    downloads = known_downloads()
    for model in here:
        licence = downloads[model.name].licence if model.name in downloads else "see its own files"
        click.echo(f"{model.name:<32} {model.language}  in {model.folder}  {licence}")
    for name, download in downloads.items():
        if name not in {model.name for model in here}:
            size = f"{download.size_bytes / 1e6:.0f} MB"
            click.echo(f"{name:<32} {download.language}  can be fetched     {download.licence}, {size}")


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
