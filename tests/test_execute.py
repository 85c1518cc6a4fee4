"""What `make execute` writes does not depend on the clock, and one bad file stops no other."""

from nbformat.v4 import new_output

from multipolarity.execute import execute, joined


def stream(text, name="stdout"):
    return new_output("stream", text=text, name=name)


def test_pieces_of_printed_text_are_joined():
    pieces = [stream("a\n"), stream("b\n"), stream("e\n", "stderr"), stream("c\n")]
    assert [o.text for o in joined(pieces)] == ["a\nb\n", "e\n", "c\n"]
    assert joined([]) == []


def test_a_broken_notebook_is_named(tmp_path):
    import asyncio

    broken = tmp_path / "broken.ipynb"
    broken.write_text("<<<<<<< ours", encoding="utf-8")
    text, error = asyncio.run(execute(broken))
    assert not text and "not a notebook" in error
