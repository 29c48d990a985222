//! The server, as the pages reach it.

use std::sync::Arc;

use leptos::prelude::*;
use workshop::model::Who;
use workshop::panel::{Panel, PanelError};

/// The server. It is put into the context of every request, together with
/// [`Who`] is asking and a [`Theme`](crate::Theme).
pub type Services = Arc<dyn Panel>;

/// The server and who is asking it, from the context of this request.
pub(crate) fn services() -> Result<(Services, Who), PanelError> {
    use_context::<Services>()
        .zip(use_context::<Who>())
        .ok_or_else(|| PanelError::Internal("without a context".to_owned()))
}
