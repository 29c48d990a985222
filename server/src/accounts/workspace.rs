//! What a new workspace gets: an account number, keys, tokens.

use sha2::{Digest, Sha256};
use workshop::model::Timestamp;

use crate::chance::Chance;
use crate::store::{OpenLink, Workspace};

/// The workspace of whoever is alone on a laptop.
pub const LOCAL: &str = "local";

/// How long an address that opens a workspace works.
const LINK_LIFETIME_MS: i64 = 24 * 60 * 60 * 1000;

/// A workspace of this name with fresh keys, shaped like AWS's.
pub fn new_workspace(name: &str, chance: &Chance) -> Workspace {
    const DIGITS: &str = "0123456789";
    const KEY_ID: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const SECRET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789AZ";
    Workspace {
        name: name.to_owned(),
        // AWS's numbers may begin with 0; one that does gets lost in spreadsheets.
        account_id: chance.text("123456789", 1) + &chance.text(DIGITS, 11),
        access_key_id: format!("AKIA{}", chance.text(KEY_ID, 16)),
        secret_access_key: chance.text(SECRET, 40),
        git_token: chance.token(),
        looked_round_at: None,
    }
}

/// An address's token, and what is kept of it.
pub fn new_link(workspace: &str, chance: &Chance, now: Timestamp) -> (String, OpenLink) {
    let token = chance.token();
    let link = OpenLink {
        token_hash: token_hash(&token),
        workspace: workspace.to_owned(),
        expires_at: Timestamp(now.0 + LINK_LIFETIME_MS),
    };
    (token, link)
}

/// What is kept of a token.
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Whether `name` can be a workspace: it becomes part of the names of AWS resources.
pub fn is_workspace_name(name: &str) -> bool {
    (1..=20).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && !name.ends_with('-')
        && !name.contains("--")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_every_resource() {
        for good in ["local", "ada", "team-7"] {
            assert!(is_workspace_name(good), "{good}");
        }
        for bad in [
            "",
            "Ada",
            "7up",
            "a--b",
            "a-",
            "-a",
            "ada lovelace",
            "../ada",
            "abcdefghijklmnopqrstu",
        ] {
            assert!(!is_workspace_name(bad), "{bad}");
        }
    }

    #[test]
    fn keys_are_shaped_like_aws() {
        let workspace = new_workspace("ada", &Chance::system());
        assert_eq!(workspace.account_id.len(), 12);
        assert_eq!(workspace.access_key_id.len(), 20);
        assert_eq!(workspace.secret_access_key.len(), 40);
        assert!(!format!("{workspace:?}").contains(&workspace.secret_access_key));
    }
}
