//! Aurora PostgreSQL.

use super::engine::{Major, Profile, Release};

/// A release, which Aurora numbers as PostgreSQL does.
macro_rules! of {
    ($version:literal) => {
        Release {
            version: $version,
            description: concat!(
                "Aurora PostgreSQL (Compatible with PostgreSQL ",
                $version,
                ")"
            ),
        }
    };
}

/// Versions as in the Release Notes for Aurora PostgreSQL, "Amazon Aurora PostgreSQL updates".
pub(super) static PROFILE: Profile = Profile {
    name: "aurora-postgresql",
    description: "Aurora (PostgreSQL)",
    license: "postgresql-license",
    snapshot_license: "postgresql-license",
    port: 5432,
    majors: &[
        major("14", &[of!("14.17"), of!("14.18")]),
        major("15", &[of!("15.10"), of!("15.12"), of!("15.13")]),
        major("16", &[of!("16.4"), of!("16.6"), of!("16.8"), of!("16.9")]),
        major("17", &[of!("17.4"), of!("17.5")]),
    ],
    default_version: "17.4",
    log_types: &["iam-db-auth-error", "instance", "postgresql"],
    longest_user: 63,
    longest_database: 63,
    own_names: &[
        "admin",
        "rdsadmin",
        "rds_superuser",
        "rds_replication",
        "rds_password",
        "rds_iam",
        "rds_ad",
        "replication",
        "template0",
        "template1",
    ],
    reserved_words: RESERVED_WORDS,
    babelfish: true,
    parallel_query: false,
};

const fn major(name: &'static str, releases: &'static [Release]) -> Major {
    Major {
        name,
        releases,
        classes: CLASSES,
        is_past_support: false,
        data_api: true,
    }
}

/// "Supported DB engines for DB instance classes" in the Amazon Aurora User Guide.
const CLASSES: &[&str] = &[
    "db.serverless",
    "db.t3.medium",
    "db.t3.large",
    "db.t4g.medium",
    "db.t4g.large",
    "db.r5.large",
    "db.r6g.large",
    "db.r6g.xlarge",
    "db.r6i.large",
    "db.r7g.large",
    "db.r7g.xlarge",
    "db.r8g.large",
];

/// Appendix C of the PostgreSQL documentation, "SQL Key Words": those that it calls reserved.
const RESERVED_WORDS: &str = "\
    all analyse analyze and any array as asc asymmetric authorization binary both case cast check \
    collate collation column concurrently constraint create cross current_catalog current_date \
    current_role current_schema current_time current_timestamp current_user default deferrable \
    desc distinct do else end except false fetch for foreign freeze from full grant group having \
    ilike in initially inner intersect into is isnull join lateral leading left like limit \
    localtime localtimestamp natural not notnull null offset on only or order outer overlaps \
    placing primary references returning right select session_user similar some symmetric \
    system_user table tablesample then to trailing true union unique user using variadic verbose \
    when where window with";
