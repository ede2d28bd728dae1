"""Finding models, and what is said when they are missing or damaged."""

import shutil
import subprocess
import sys

import pytest

from matchcli.language.models import BUNDLED, ModelError, find_models
from matchcli.language.pipeline import load_pipeline


@pytest.fixture
def copied_models(tmp_path):
    shutil.copytree(BUNDLED, tmp_path / "models")
    return tmp_path / "models"


def test_the_bundled_models_are_whole():
    models = find_models("bundled")
    models.check_contents()
    assert {file.processor for file in models.files} == {
        "tokenize", "mwt", "pos", "lemma", "depparse", "ner", "pretrain",
    }  # fmt: skip
    assert sum(file.path.stat().st_size for file in models.files) < 32_000_000


def test_a_missing_file_is_named_with_a_way_to_repair(copied_models):
    (copied_models / "it" / "ner" / "compact.pt").unlink()
    with pytest.raises(ModelError, match=r"compact\.pt is missing") as caught:
        load_pipeline(find_models(str(copied_models)))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("processor", ["tokenize", "lemma", "pretrain"])
def test_damaged_weights_are_named_with_a_way_to_repair(copied_models, processor):
    path = copied_models / "it" / processor / "compact.pt"
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 2000] = bytes(255 - byte for byte in content[middle : middle + 2000])
    path.write_bytes(content)
    with pytest.raises(ModelError, match=f"{processor}.*damaged") as caught:
        load_pipeline(find_models(str(copied_models)))
    assert "\n" not in str(caught.value)


def test_cut_weights_are_named(copied_models):
    path = copied_models / "it" / "pos" / "compact.pt"
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(ModelError, match=r"pos.*damaged"):
        load_pipeline(find_models(str(copied_models)))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"it": {"packages": 3}}'])
def test_a_damaged_list_of_models_is_named(copied_models, content):
    (copied_models / "resources.json").write_bytes(content)
    with pytest.raises(ModelError, match=r"resources\.json is damaged"):
        find_models(str(copied_models))


def test_a_folder_that_is_not_there_is_named():
    with pytest.raises(ModelError, match="not a folder"):
        find_models("/nowhere/at/all")


def test_official_models_that_were_never_downloaded_say_how_to_get_them(monkeypatch, tmp_path):
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path))
    with pytest.raises(ModelError, match="matchcli model download"):
        find_models("official")


def test_the_fingerprint_changes_with_the_weights_sums(copied_models):
    before = find_models(str(copied_models)).fingerprint()
    assert before == find_models("bundled").fingerprint()
    resources = copied_models / "resources.json"
    md5 = find_models("bundled").files[0].md5
    resources.write_text(resources.read_text().replace(md5, "0" * 32))
    assert find_models(str(copied_models)).fingerprint() != before


def test_importing_the_language_room_imports_neither_torch_nor_stanza():
    code = "import sys, matchcli.language; print('torch' in sys.modules, 'stanza' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["False", "False"]


def test_loading_does_not_import_what_only_training_needs():
    code = (
        "import sys; from matchcli.language.pipeline import load_pipeline;"
        "from matchcli.language.models import find_models; load_pipeline(find_models());"
        "print('torch._dynamo' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"
