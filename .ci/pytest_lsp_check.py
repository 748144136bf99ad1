"""The language server, met by pytest-lsp, which checks every message against the protocol."""

import os
import pathlib
import tempfile

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

PAGE = '---\ntitle: "A"\n---\n\n- 🦊 recieve it\n'
FOLDER = pathlib.Path(tempfile.mkdtemp())
URI = (FOLDER / "job-families" / "a.md").as_uri()


@pytest_lsp.fixture(
    params=["neovim", "visual_studio_code", "emacs"],
    config=ClientServerConfig(server_command=[os.environ["JFLINT"], "lsp"]),
)
async def client(request, lsp_client: LanguageClient):
    # Editors that watch files are asked to; the client of the library leaves that to the test.
    lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: None)
    capabilities = client_capabilities(request.param)
    await lsp_client.initialize_session(types.InitializeParams(capabilities=capabilities, root_uri=FOLDER.as_uri()))
    yield
    await lsp_client.shutdown_session()


@pytest.mark.asyncio
async def test_a_session(client: LanguageClient):
    page = types.TextDocumentIdentifier(uri=URI)
    item = types.TextDocumentItem(uri=URI, language_id="markdown", version=1, text=PAGE)
    client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
    if client.capabilities.text_document.diagnostic:
        report = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(text_document=page))
        found = report.items
    else:
        await client.wait_for_notification("textDocument/publishDiagnostics")
        found = client.diagnostics[URI]
    typo = next(one for one in found if one.code == "typo")
    context = types.CodeActionContext(diagnostics=[typo])
    params = types.CodeActionParams(text_document=page, range=typo.range, context=context)
    titles = [action.title for action in await client.text_document_code_action_async(params)]
    assert "Make all safe repairs of this page" in titles
    place = types.TextDocumentPositionParams(text_document=page, position=typo.range.start)
    hover = await client.text_document_hover_async(types.HoverParams(page, place.position))
    assert "receive" in hover.contents.value
    await client.text_document_document_symbol_async(types.DocumentSymbolParams(text_document=page))
    await client.text_document_completion_async(types.CompletionParams(page, place.position))
