//! The handshake with GitLab, in a simulated account.

use leptos::prelude::*;

/// A card that stands in for the dialog of AWS's console and for GitLab's page behind it.
#[component]
pub fn Handshake(
    /// The connection's name.
    connection: String,
    /// The way that was chosen, to which the form leads back.
    way: &'static str,
) -> impl IntoView {
    view! {
        <section class="card handshake">
            <h2>"Update pending connection"</h2>
            <p>
                "A person has to do this, in AWS\u{2019}s console: no command does. Here this card stands in for the dialog."
            </p>
            <p>
                "GitLab asks: may " <strong>"AWS Connector for GitLab"</strong>
                " read your projects and register webhooks, for the connection "
                <code>{connection}</code> "?"
            </p>
            <form method="post" action=format!("/steps/10/handshake?way={way}")>
                <button class="button primary" data-busy="Authorizing">
                    "Authorize AWS Connector for GitLab"
                </button>
            </form>
        </section>
    }
}
