//! What the editor asks for.

use std::rc::Rc;

use lsp_server::{ErrorCode, Request, Response};
use lsp_types::{
    CodeAction, CodeActionParams, CompletionItem, CompletionParams, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentSymbolParams, DocumentSymbolResponse, FullDocumentDiagnosticReport, Hover, HoverParams, LspRequestMethod,
    RelatedFullDocumentDiagnosticReport, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::actions::{Asked, actions};
use super::completion::completions;
use super::documents::Page;
use super::guard::guarded;
use super::hover::hover;
use super::server::Server;
use super::symbols::symbols;

/// Why there is no answer.
type Refusal = (ErrorCode, String);

impl Server {
    /// Answers a request, whatever comes.
    pub fn answer(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let answer = guarded(|| self.answer_to(&method, params)).unwrap_or_else(|| {
            self.stumbled(&format!("over `{method}`"));
            Err((ErrorCode::InternalError, "jflint stumbled over the page".to_owned()))
        });
        let response = match answer {
            Ok(result) => Response::new_ok(id, result),
            Err((code, words)) => Response::new_err(id, code as i32, words),
        };
        self.send(response.into());
    }

    fn answer_to(&mut self, method: &str, params: Value) -> Result<Value, Refusal> {
        if self.is_shut_down {
            return Err((ErrorCode::InvalidRequest, "the server is shut down".to_owned()));
        }
        match LspRequestMethod::from(method) {
            LspRequestMethod::TextDocumentDiagnostic => self.with(params, Self::diagnostics),
            LspRequestMethod::TextDocumentCodeAction => self.with(params, Self::code_actions),
            LspRequestMethod::TextDocumentHover => self.with(params, Self::hover),
            LspRequestMethod::TextDocumentDocumentSymbol => self.with(params, Self::symbols),
            LspRequestMethod::TextDocumentCompletion => self.with(params, Self::completion),
            LspRequestMethod::Shutdown => {
                self.is_shut_down = true;
                Ok(Value::Null)
            }
            LspRequestMethod::Initialize => {
                Err((ErrorCode::InvalidRequest, "the server was initialized before".to_owned()))
            }
            _ => Err((ErrorCode::MethodNotFound, format!("jflint does not answer `{method}`"))),
        }
    }

    /// Reads what is asked, and writes what is answered.
    fn with<P: DeserializeOwned, R: Serialize>(
        &mut self,
        params: Value,
        handler: fn(&mut Self, &P) -> R,
    ) -> Result<Value, Refusal> {
        let params = serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))?;
        let result = handler(self, &params);
        serde_json::to_value(result).map_err(|error| (ErrorCode::InternalError, error.to_string()))
    }

    fn diagnostics(&mut self, params: &DocumentDiagnosticParams) -> DocumentDiagnosticReport {
        let items = self.findings_to_tell(&params.text_document.uri);
        let report = FullDocumentDiagnosticReport { result_id: None, items };
        RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report: report }.into()
    }

    fn code_actions(&mut self, params: &CodeActionParams) -> Vec<CodeAction> {
        let uri = &params.text_document.uri;
        let findings = Rc::clone(&self.findings(uri));
        let Some(document) = self.documents.get(uri) else { return Vec::new() };
        let Some(place) = document.place() else { return Vec::new() };
        let asked = Asked {
            document,
            place,
            client: &self.client,
            configs: &self.configs,
            documents: &self.documents,
            findings,
            scratch: &self.scratch,
        };
        actions(&asked, params)
    }

    fn hover(&mut self, params: &HoverParams) -> Option<Hover> {
        let at = &params.text_document_position_params;
        let findings = self.findings(&at.text_document.uri);
        let page = self.page(&at.text_document.uri)?;
        hover(&page, &findings, page.document.offset(at.position, page.client.encoding))
    }

    fn symbols(&mut self, params: &DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
        self.page(&params.text_document.uri).map(|page| symbols(&page))
    }

    fn completion(&mut self, params: &CompletionParams) -> Vec<CompletionItem> {
        let at = &params.text_document_position_params;
        let findings = self.findings(&at.text_document.uri);
        let Some(page) = self.page(&at.text_document.uri) else { return Vec::new() };
        completions(&page, &findings, page.document.offset(at.position, page.client.encoding))
    }

    /// A page that is open and linted.
    fn page(&self, uri: &Uri) -> Option<Page<'_>> {
        let document = self.documents.get(uri)?;
        Some(Page { document, place: document.place()?, client: &self.client })
    }
}
