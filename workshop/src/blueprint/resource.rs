//! What the workshop knows of a resource.

use super::{Call, Field, Inputs, Kind, Price, Setting, Step};

/// A resource of the workshop: everything about it that is the same for everybody.
#[derive(Debug, Clone, Copy)]
pub struct Resource {
    /// Which one.
    pub kind: Kind,
    /// The step it belongs to.
    pub step: Step,
    /// What it is, in words, without an article: "IAM role".
    pub noun: &'static str,
    /// What it is called, a template.
    pub name: &'static str,
    /// What must be there before it can be made.
    pub needs: &'static [Need],
    /// Whether the workshop works without it; then this says what one gains by it.
    pub optional: Option<&'static str>,
    /// Whether a whole account shares it by its name, so that the name alone proves nothing.
    pub shared_name: bool,
    /// How long AWS takes to make it, in minutes; 0 is at once.
    pub minutes: u32,
    /// What it costs while it exists.
    pub price: Price,
    /// Where the AWS console shows it, a template.
    pub console: &'static str,
    /// What the form asks.
    pub fields: &'static [Field],
    /// What the check looks at.
    pub settings: &'static [Setting],
    /// The calls that make it, in order.
    pub create: fn(&Inputs<'_>) -> Vec<Call>,
    /// The calls that put a setting right, by the setting's key; none where only a person can.
    pub repair: fn(&str, &Inputs<'_>) -> Vec<Call>,
    /// The calls that delete it, in order. They may name variables that only an observation
    /// knows, such as a group's id.
    pub delete: fn() -> Vec<Call>,
    /// What later steps need of it.
    pub yields: &'static [Yield],
}

impl Resource {
    /// What a person has to do while it is on its way; none where it comes by itself. A template.
    pub fn persons_part(&self) -> Option<&'static str> {
        (self.kind == Kind::Connection).then_some(super::resources::connection::HANDSHAKE)
    }

    /// What starts it by itself, where nobody makes it: the first that it needs.
    pub fn comes_from(&self) -> Option<Kind> {
        let comes_by_itself = matches!(self.kind, Kind::ContainerInstances | Kind::RunningTasks);
        let source = self.needs.first().filter(|_| comes_by_itself);
        source.map(|need| need.kind)
    }
}

/// A dependency, with its reason.
#[derive(Debug, Clone, Copy)]
pub struct Need {
    /// What must be there first.
    pub kind: Kind,
    /// Why.
    pub why: &'static str,
}

/// A value that a resource yields for later steps.
#[derive(Debug, Clone, Copy)]
pub struct Yield {
    /// The variable that it sets.
    pub variable: &'static str,
    /// Its label on the page.
    pub label: &'static str,
    /// The key of the observed fact that holds it.
    pub fact: &'static str,
}

/// The tags of a resource in the shape that most APIs take.
pub(crate) fn tags() -> serde_json::Value {
    serde_json::json!([{ "Key": super::TAG_KEY, "Value": "{{workspace}}" }])
}
