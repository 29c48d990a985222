//! Key pairs.
//!
//! Nothing here can be logged in to, so a key that is made has the form of one and opens nothing.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha512};

use super::faults::{invalid, missing, rehearsal};
use super::filters::Filter;
use super::listing::{Asked, Kind};
use super::state::KeyPair;
use super::tags::{self, TagSpecification};
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::tags::Tags;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateKeyPair {
    key_name: String,
    key_type: Option<String>,
    key_format: Option<String>,
    #[serde(default)]
    tag_specification: Vec<TagSpecification>,
    #[serde(default)]
    dry_run: bool,
}

/// `CreateKeyPair` (EC2 API Reference): the one time that the private key is shown.
pub(crate) fn create_key_pair(cx: &mut Cx, input: CreateKeyPair) -> Result<Value, Fault> {
    let kind = input.key_type.unwrap_or_else(|| "rsa".to_owned());
    if !["rsa", "ed25519"].contains(&kind.as_str()) {
        return Err(invalid(format!(
            "Value ({kind}) for parameter KeyType is invalid."
        )));
    }
    let format = input.key_format.as_deref().unwrap_or("pem");
    if !["pem", "ppk"].contains(&format) {
        return Err(invalid(format!(
            "Value ({format}) for parameter KeyFormat is invalid."
        )));
    }
    check_new(cx, &input.key_name)?;
    let tags = tags::of_new("key-pair", input.tag_specification)?;
    rehearsal(input.dry_run)?;
    let secret = cx.id("", 64);
    let material = private_key(&kind, format, &secret);
    let fingerprint = fingerprint(&kind, 20, material.as_bytes());
    let public = STANDARD.encode(Sha512::digest(&secret));
    let public_key = format!("ssh-{kind} {public} {}", input.key_name);
    let key = KeyPair {
        id: cx.id("key-", 17),
        name: input.key_name,
        kind,
        fingerprint,
        public_key,
        created: cx.now,
    };
    let mut answer = add(cx, key, tags);
    answer["keyMaterial"] = json!(material);
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ImportKeyPair {
    key_name: String,
    public_key_material: String,
    #[serde(default)]
    tag_specification: Vec<TagSpecification>,
    #[serde(default)]
    dry_run: bool,
}

/// `ImportKeyPair` (EC2 API Reference): one's own public key, in OpenSSH's form.
pub(crate) fn import_key_pair(cx: &mut Cx, input: ImportKeyPair) -> Result<Value, Fault> {
    check_new(cx, &input.key_name)?;
    let (kind, blob, public_key) = public_key(&input.public_key_material).ok_or_else(|| {
        let words = "Key is not in valid OpenSSH public key format";
        Fault::new("InvalidKey.Format", words)
    })?;
    let tags = tags::of_new("key-pair", input.tag_specification)?;
    rehearsal(input.dry_run)?;
    let key = KeyPair {
        id: cx.id("key-", 17),
        name: input.key_name,
        kind: kind.to_owned(),
        fingerprint: fingerprint(kind, 16, &blob),
        public_key,
        created: cx.now,
    };
    Ok(add(cx, key, tags))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeKeyPairs {
    #[serde(default)]
    key_name: Vec<String>,
    #[serde(default)]
    key_pair_id: Vec<String>,
    #[serde(default)]
    include_public_key: bool,
    #[serde(default)]
    filter: Vec<Filter>,
    #[serde(default)]
    dry_run: bool,
}

const KIND: Kind = Kind {
    list: "keySet",
    id: "keyName",
    unknown: no_such_name,
    filters: &[
        ("key-pair-id", "keyPairId"),
        ("fingerprint", "keyFingerprint"),
        ("key-name", "keyName"),
        ("tag-key", "tagSet.key"),
    ],
    page: (1, 1000),
};

/// `DescribeKeyPairs` (EC2 API Reference).
pub(crate) fn describe_key_pairs(cx: &mut Cx, input: DescribeKeyPairs) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let ec2 = &cx.region().ec2;
    let mut names = input.key_name;
    for id in &input.key_pair_id {
        let key = ec2.key_pairs.values().find(|key| key.id == *id);
        names.push(key.ok_or_else(|| no_such_id(id))?.name.clone());
    }
    let described = ec2.key_pairs.values().map(|key| {
        json!({
            "keyPairId": key.id,
            "keyName": key.name,
            "keyType": key.kind,
            "keyFingerprint": key.fingerprint,
            "publicKey": input.include_public_key.then_some(&key.public_key),
            "createTime": timestamp(key.created),
            "tagSet": tags::set(ec2, &key.id),
        })
    });
    let answer = KIND.answer(
        described.collect(),
        Asked {
            ids: names,
            filters: input.filter,
            ..Asked::default()
        },
    )?;
    Ok(json!({ "keySet": answer["keySet"] }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteKeyPair {
    key_name: Option<String>,
    key_pair_id: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

/// `DeleteKeyPair` (EC2 API Reference): a name that is not there is no error, an id is.
pub(crate) fn delete_key_pair(cx: &mut Cx, input: DeleteKeyPair) -> Result<Value, Fault> {
    let ec2 = &mut cx.region().ec2;
    let name = match (&input.key_name, &input.key_pair_id) {
        (Some(name), _) => Some(name.clone()),
        (None, Some(id)) => {
            let key = ec2.key_pairs.values().find(|key| key.id == *id);
            Some(key.ok_or_else(|| no_such_id(id))?.name.clone())
        }
        (None, None) => return Err(missing("KeyName")),
    };
    rehearsal(input.dry_run)?;
    let gone = name.and_then(|name| ec2.key_pairs.remove(&name));
    if let Some(key) = &gone {
        ec2.tags.remove(&key.id);
    }
    Ok(json!({ "return": true, "keyPairId": gone.map(|key| key.id) }))
}

/// The refusal of a name that no key pair has.
pub(super) fn no_such_name(name: &str) -> Fault {
    let words = format!("The key pair '{name}' does not exist");
    Fault::new("InvalidKeyPair.NotFound", words)
}

fn no_such_id(id: &str) -> Fault {
    let words = format!("The key pair ID '{id}' does not exist");
    Fault::new("InvalidKeyPair.NotFound", words)
}

fn check_new(cx: &mut Cx, name: &str) -> Result<(), Fault> {
    if name.is_empty() {
        return Err(missing("KeyName"));
    }
    if name.chars().count() > 255 || !name.is_ascii() {
        return Err(invalid(format!(
            "Value ({name}) for parameter KeyName is invalid. It must be up to 255 ASCII characters."
        )));
    }
    if cx.region().ec2.key_pairs.contains_key(name) {
        let words = format!("The keypair '{name}' already exists.");
        return Err(Fault::new("InvalidKeyPair.Duplicate", words));
    }
    Ok(())
}

fn add(cx: &mut Cx, key: KeyPair, tags: Tags) -> Value {
    let ec2 = &mut cx.region().ec2;
    ec2.tag(&key.id, tags);
    let answer = json!({
        "keyPairId": key.id,
        "keyName": key.name,
        "keyFingerprint": key.fingerprint,
        "tagSet": tags::set(ec2, &key.id),
    });
    ec2.key_pairs.insert(key.name.clone(), key);
    answer
}

/// As EC2 writes it: of an RSA key `length` bytes in hexadecimal (20 of one it made, 16 of one it
/// was given), of the other kind the SHA-256 that OpenSSH shows.
fn fingerprint(kind: &str, length: usize, of: &[u8]) -> String {
    let digest = Sha256::digest(of);
    if kind == "rsa" {
        let bytes = digest.iter().take(length).map(|byte| format!("{byte:02x}"));
        bytes.collect::<Vec<_>>().join(":")
    } else {
        format!("{}=", STANDARD_NO_PAD.encode(digest))
    }
}

/// Text in the form of a private key, which is none.
fn private_key(kind: &str, format: &str, secret: &str) -> String {
    let blocks = if kind == "rsa" { 18 } else { 4 };
    let bytes = (0..blocks).flat_map(|block| Sha512::digest(format!("{block} {secret}")));
    let text = STANDARD.encode(bytes.collect::<Vec<_>>());
    let lines = text.as_bytes().chunks(64).map(String::from_utf8_lossy);
    let lines = lines.collect::<Vec<_>>().join("\n");
    match (format, kind) {
        ("ppk", _) => format!(
            "PuTTY-User-Key-File-2: ssh-{kind}\nEncryption: none\nComment: \nPrivate-Lines: {}\n{lines}",
            text.len().div_ceil(64)
        ),
        (_, "rsa") => {
            format!("-----BEGIN RSA PRIVATE KEY-----\n{lines}\n-----END RSA PRIVATE KEY-----")
        }
        _ => format!(
            "-----BEGIN OPENSSH PRIVATE KEY-----\n{lines}\n-----END OPENSSH PRIVATE KEY-----"
        ),
    }
}

/// The kind, the blob and the line of a public key that arrived in base64.
fn public_key(material: &str) -> Option<(&'static str, Vec<u8>, String)> {
    let line = String::from_utf8(STANDARD.decode(material).ok()?).ok()?;
    let line = line.trim();
    let mut parts = line.split_whitespace();
    let kind = match parts.next()? {
        "ssh-rsa" => "rsa",
        "ssh-ed25519" => "ed25519",
        _ => return None,
    };
    let blob = STANDARD.decode(parts.next()?).ok()?;
    Some((kind, blob, line.to_owned()))
}
