//! What one can press beside a row that is not right.

use leptos::prelude::*;
use workshop::model::Finding;

/// *Fix it*, where the panel can; the form goes to `action`.
pub(crate) fn fix_it(finding: &Finding, action: String) -> Option<impl IntoView + use<>> {
    finding.fixable.then(|| {
        view! {
            <form method="post" action=action>
                <input type="hidden" name="kind" value=finding.kind.key() />
                <input type="hidden" name="setting" value=finding.setting.clone() />
                <button
                    class="button small"
                    data-busy="Fixing"
                    aria-label=format!("Fix it: {} of {}", finding.looked_at, finding.name)
                >
                    "Fix it"
                </button>
            </form>
        }
    })
}

/// The way to the thing in AWS's console.
pub(crate) fn in_the_console(address: Option<String>) -> Option<impl IntoView + use<>> {
    address.map(|address| {
        view! {
            <a href=address rel="noopener">
                "Open in the console"
            </a>
        }
    })
}
