//! Faults of the password.

use aws_sdk_ssm::types::ParameterType;
use workshop::blueprint::Kind::DbPassword;

use super::PASSWORD;
use crate::faults::fault::{Fault, warned, wrong};

pub(super) fn faults() -> Vec<Fault> {
    const REFUSED: [&str; 3] = [
        "refused by Aurora",
        "shorter than 8 characters",
        "8 or more characters",
    ];
    vec![
        wrong(
            DbPassword,
            "type",
            "the parameter is a plain String",
            [
                "String",
                "readable for everyone who may list parameters",
                "with the type SecureString",
            ],
            |hand| {
                Box::pin(async move {
                    hand.ssm
                        .delete_parameter()
                        .name(PASSWORD)
                        .send()
                        .await
                        .expect("no parameter");
                    hand.password(ParameterType::String, "9f86d081884c7d659a2f")
                        .await;
                })
            },
        ),
        wrong(
            DbPassword,
            "strength",
            "the password is too short",
            REFUSED,
            |hand| {
                Box::pin(async move { hand.password(ParameterType::SecureString, "tiny").await })
            },
        ),
        wrong(
            DbPassword,
            "strength",
            "Aurora refuses a letter of the password",
            REFUSED,
            |hand| {
                Box::pin(async move {
                    hand.password(ParameterType::SecureString, "a-long-p@ssword/with-both")
                        .await;
                })
            },
        ),
        warned(
            DbPassword,
            "strength",
            "the workshop's password was taken",
            [
                "the workshop's own",
                "postgres123 stands in the workshop's text",
            ],
            |hand| {
                Box::pin(async move {
                    hand.password(ParameterType::SecureString, "postgres123")
                        .await;
                })
            },
        ),
        warned(
            DbPassword,
            "strength",
            "the password is short",
            ["weak", "twelve characters or more"],
            |hand| {
                Box::pin(
                    async move { hand.password(ParameterType::SecureString, "hunter22").await },
                )
            },
        ),
    ]
}
