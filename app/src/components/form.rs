//! A step's form: what the AWS console asks, with the workshop's values proposed.

use leptos::prelude::*;
use workshop::{
    blueprint::{Field, FieldKind, Inputs, PRICES_AS_OF, Step, Variables, find},
    model::{FieldView, FormGroup},
};

use super::calls::{ShowTheCalls, answers};
use crate::words::{count, dollars, step_address};

/// The form, with one button that makes what is missing.
#[component]
pub fn StepForm(
    /// The step.
    step: Step,
    /// Its resources, with what was entered before.
    form: Vec<FormGroup>,
    /// This attendee's values, for the calls.
    variables: Variables,
) -> impl IntoView {
    let missing = missing(&form, &variables);
    let refused = form
        .iter()
        .flat_map(|group| &group.fields)
        .filter(|field| field.error.is_some())
        .count();
    let refusal = (refused > 0).then(|| {
        view! {
            <p class="refused" role="alert">
                <strong>"Nothing was sent. "</strong>
                {count(refused, "answer")}
                " cannot be sent as it is; the reason stands below it."
            </p>
        }
    });
    let groups = form.iter().map(group).collect_view();
    let price: u64 = form
        .iter()
        .filter(|group| !group.exists && creates(group, &form, &variables))
        .map(|group| group.price)
        .sum();
    let cost = (price > 0).then(|| {
        view! {
            <p class="form-cost">
                "Costs about " <strong>{dollars(price)}</strong> " an hour while it exists ("
                {PRICES_AS_OF} ")."
            </p>
        }
    });
    let open = form.iter().any(|group| !group.exists);
    // A project at GitLab is made there; the panel has no key to it and only looks.
    let asks_for_project = form.iter().any(|group| {
        group
            .fields
            .iter()
            .any(|field| field.name == "source_repository.project")
    });
    let submit = if asks_for_project {
        view! {
            <button class="button primary" data-busy="Looking">
                "Look at this project"
            </button>
        }
        .into_any()
    } else if missing > 0 {
        view! {
            <button class="button primary" data-busy="Creating">
                "Create "
                {count(missing, "resource")}
            </button>
        }
        .into_any()
    } else if open {
        view! {
            <button class="button" data-busy="Creating">
                "Create what you chose"
            </button>
        }
        .into_any()
    } else {
        view! { <p class="all-there">"All of it is there. The check below says whether it is right."</p> }
            .into_any()
    };
    view! {
        <form
            method="post"
            action=format!("{}/create", step_address(step))
            class="card step-form"
            id="form"
            autocomplete="off"
        >
            {refusal}
            {groups}
            {cost}
            <div class="form-end">{submit} <ShowTheCalls form=form variables=variables /></div>
        </form>
    }
}

/// How many resources the button would make.
fn missing(form: &[FormGroup], variables: &Variables) -> usize {
    form.iter()
        .filter(|group| !group.exists && creates(group, form, variables))
        .count()
}

/// Whether anything would be made for `group`; what is optional may not be wanted.
fn creates(group: &FormGroup, form: &[FormGroup], variables: &Variables) -> bool {
    let resource = find(group.kind);
    !(resource.create)(&Inputs::new(resource, &answers(form), variables)).is_empty()
}

/// One resource: its questions, or that it is there.
fn group(group: &FormGroup) -> impl IntoView + use<> {
    let resource = find(group.kind);
    if group.exists {
        return view! {
            <div class="group there">
                <p>
                    <span class="sign" aria-hidden="true">
                        "✓"
                    </span>
                    <strong>{resource.noun}</strong>
                    " "
                    <code>{group.name.clone()}</code>
                    " is there."
                </p>
            </div>
        }
        .into_any();
    }
    let fields = resource
        .fields
        .iter()
        .filter_map(|field| {
            let name = format!("{}.{}", group.kind.key(), field.key);
            let view = group.fields.iter().find(|view| view.name == name)?;
            Some(row(field, view))
        })
        .collect_view();
    let fixed = resource.fields.is_empty().then(|| {
        view! {
            <p class="help">
                <code>{group.name.clone()}</code>
                ". There is nothing to choose."
            </p>
        }
    });
    let optional = resource
        .optional
        .map(|_| view! { <span class="tag">"optional"</span> });
    view! {
        <fieldset class="group">
            <legend>{resource.noun} {optional}</legend>
            {fixed}
            {fields}
        </fieldset>
    }
    .into_any()
}

fn row(field: &'static Field, view: &FieldView) -> impl IntoView + use<> {
    let id = format!("field-{}", view.name.replace('.', "-"));
    let help_id = format!("{id}-help");
    let error_id = format!("{id}-error");
    let described = match view.error {
        Some(_) => format!("{error_id} {help_id}"),
        None => help_id.clone(),
    };
    let error = view.error.clone().map(|error| {
        view! {
            <p class="field-error" id=error_id>
                <span class="sign" aria-hidden="true">
                    "✕"
                </span>
                {error}
            </p>
        }
    });
    let (label, control) = match field.kind {
        FieldKind::Fixed => (
            view! { <span class="field-label">{field.label}</span> }.into_any(),
            view! { <code class="fixed">{view.value.clone()}</code> }.into_any(),
        ),
        kind => (
            view! {
                <label class="field-label" for=id.clone()>
                    {field.label}
                </label>
            }
            .into_any(),
            control(kind, id, described, view),
        ),
    };
    view! {
        <div class="field" data-refused=view.error.is_some().then_some("")>
            {label}
            <div class="field-answer">
                {control} {error} <p class="help" id=help_id>
                    {field.help}
                </p>
            </div>
        </div>
    }
}

fn control(kind: FieldKind, id: String, described: String, view: &FieldView) -> AnyView {
    let (name, value) = (view.name.clone(), view.value.clone());
    let invalid = view.error.is_some().then_some("true");
    match kind {
        FieldKind::Choice(choices) => {
            let options = choices
                .iter()
                .map(|&(choice, label)| {
                    view! {
                        <option value=choice selected=choice == value>
                            {label}
                        </option>
                    }
                })
                .collect_view();
            view! {
                <select id=id name=name aria-describedby=described aria-invalid=invalid>
                    {options}
                </select>
            }
            .into_any()
        }
        FieldKind::Number(least, most) => view! {
            <input
                id=id
                name=name
                type="number"
                min=least
                max=most
                value=value
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any(),
        FieldKind::Password => view! {
            <input
                id=id
                name=name
                type="password"
                autocomplete="new-password"
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any(),
        FieldKind::Cidrs | FieldKind::Project | FieldKind::Fixed => view! {
            <input
                id=id
                name=name
                type="text"
                spellcheck="false"
                value=value
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any(),
    }
}
