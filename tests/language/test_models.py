"""Finding models, and what is said when they are missing or damaged."""

import shutil
import subprocess
import sys

import pytest

from matchcli.language.models import BUNDLED, ModelError, find_models
from matchcli.language.pipeline import best_heads, load_pipeline, reaches_root


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
    assert sum(file.path.stat().st_size for file in models.files) <= 30_000_000


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


def test_the_fast_tree_is_the_one_that_stanza_finds():
    numpy = pytest.importorskip("numpy")
    from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root

    generator = numpy.random.default_rng(1)
    fast = 0
    for size in range(3, 60):
        scores = generator.normal(size=(size, size)).astype("float32")
        for word in range(1, size):  # as a parser is: sure of most heads
            scores[word, generator.integers(1, word) if word > 1 else 0] += 6
        heads = best_heads(scores)
        if reaches_root(heads) and (heads[1:] == 0).sum() == 1:
            fast += 1
            assert (heads == chuliu_edmonds_one_root(scores)).all()
    assert fast > 5


def test_heads_that_make_a_tree_are_told_from_cycles():
    numpy = pytest.importorskip("numpy")
    assert reaches_root(numpy.array([0, 2, 0, 2, 3]))
    assert not reaches_root(numpy.array([0, 2, 1, 0]))
    assert not reaches_root(numpy.array([0, 0, 2]))
    assert reaches_root(numpy.array([0, *range(400)]))
