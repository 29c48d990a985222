//! The policies of a principal, and what they say together.

use std::collections::BTreeMap;

use super::policy::{self, Decision, Document, Kind, Request, Verdict};
use super::{policies, roles};
use crate::context::Cx;
use crate::fault::Fault;

/// A policy and where it came from.
pub(super) struct Source {
    pub(super) id: String,
    pub(super) document: Document,
}

/// A principal's policies, and its boundary.
pub(super) struct Sources {
    pub(super) policies: Vec<Source>,
    pub(super) boundary: Option<Document>,
}

impl Sources {
    /// Those of the role or the user of that ARN.
    pub(super) fn of(cx: &Cx, arn: &str) -> Result<Sources, Fault> {
        let prefix = cx.global_arn("iam", "");
        let (kind, entity) = arn
            .strip_prefix(&prefix)
            .and_then(|rest| rest.split_once('/'))
            .map(|(kind, path)| (kind, path.rsplit('/').next().unwrap_or(path)))
            .filter(|(kind, entity)| matches!(*kind, "role" | "user") && !entity.is_empty())
            .ok_or_else(|| {
                let words = format!(
                    "Invalid Entity Arn: {arn} does not clearly define entity type and name."
                );
                Fault::new("InvalidInput", words)
            })?;
        let (none, unattached, mut limits) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
        let (attached, inline, boundary) = if kind == "role" {
            let role = roles::find(cx, entity)?;
            (&role.attached, &role.inline, role.boundary.as_deref())
        } else {
            let user = &cx.account.iam.user;
            if user.arn != arn {
                let words = format!("The user with name {entity} cannot be found.");
                return Err(Fault::not_found("NoSuchEntity", words));
            }
            match &user.policy {
                None => (&user.attached, &none, None),
                Some(policy) => {
                    limits.insert("limits".to_owned(), policy.clone());
                    (&unattached, &limits, None)
                }
            }
        };
        let managed = attached.iter().filter_map(|arn| {
            let id = arn.rsplit('/').next().unwrap_or(arn).to_owned();
            policies::document(cx, arn).map(|document| (id, document))
        });
        let inline = inline
            .iter()
            .map(|(name, document)| (format!("{kind}_{entity}_{name}"), document.clone()));
        let policies = managed
            .chain(inline)
            .map(|(id, text)| {
                Ok(Source {
                    id,
                    document: policy::parse(&text, Kind::Identity)?,
                })
            })
            .collect::<Result<_, Fault>>()?;
        let boundary = boundary
            .and_then(|arn| policies::document(cx, arn))
            .map(|text| policy::parse(&text, Kind::Identity))
            .transpose()?;
        Ok(Sources { policies, boundary })
    }

    /// What each policy says of the request.
    pub(super) fn verdicts(&self, request: &Request) -> Vec<(&Source, Verdict)> {
        self.policies
            .iter()
            .map(|source| (source, source.document.evaluate(request)))
            .collect()
    }

    /// What these verdicts come to, within the boundary.
    pub(super) fn decide(&self, verdicts: &[(&Source, Verdict)], request: &Request) -> Decision {
        let together = policy::combine(verdicts.iter().map(|(_, verdict)| verdict.decision));
        match &self.boundary {
            None => together,
            Some(boundary) => policy::bounded(together, boundary.evaluate(request).decision),
        }
    }
}
