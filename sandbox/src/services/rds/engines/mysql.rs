//! Aurora MySQL.

use super::engine::{Major, Profile, Release};

/// Versions as in the Release Notes for Aurora MySQL, "Database engine updates for Aurora MySQL".
pub(super) static PROFILE: Profile = Profile {
    name: "aurora-mysql",
    description: "Aurora MySQL",
    license: "general-public-license",
    snapshot_license: "aurora-mysql",
    port: 3306,
    majors: &[
        Major {
            name: "5.7",
            releases: &[of(
                "5.7.mysql_aurora.2.12.6",
                "Aurora MySQL 2.12.6 (compatible with MySQL 5.7.44)",
            )],
            classes: CLASSES_OF_5_7,
            is_past_support: true,
            data_api: false,
        },
        Major {
            name: "8.0",
            releases: &[
                of(
                    "8.0.mysql_aurora.3.08.2",
                    "Aurora MySQL 3.08.2 (compatible with MySQL 8.0.39)",
                ),
                of(
                    "8.0.mysql_aurora.3.10.3",
                    "Aurora MySQL 3.10.3 (compatible with MySQL 8.0.42)",
                ),
                of(
                    "8.0.mysql_aurora.3.11.1",
                    "Aurora MySQL 3.11.1 (compatible with MySQL 8.0.43)",
                ),
                of(
                    "8.0.mysql_aurora.3.12.0",
                    "Aurora MySQL 3.12.0 (compatible with MySQL 8.0.44)",
                ),
            ],
            classes: CLASSES_OF_8_0,
            is_past_support: false,
            data_api: true,
        },
    ],
    default_version: "8.0.mysql_aurora.3.10.3",
    log_types: &[
        "audit",
        "error",
        "general",
        "iam-db-auth-error",
        "instance",
        "slowquery",
    ],
    longest_user: 16,
    longest_database: 64,
    own_names: &[
        "information_schema",
        "mysql",
        "performance_schema",
        "rds_superuser_role",
        "rdsadmin",
        "rdsrepladmin",
        "sys",
        "user",
    ],
    reserved_words: RESERVED_WORDS,
    babelfish: false,
    parallel_query: true,
};

const fn of(version: &'static str, description: &'static str) -> Release {
    Release {
        version,
        description,
    }
}

/// "Supported DB engines for DB instance classes" in the Amazon Aurora User Guide.
const CLASSES_OF_8_0: &[&str] = &[
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

/// The same: without Serverless v2 and Graviton4, and with the smaller T3 classes.
const CLASSES_OF_5_7: &[&str] = &[
    "db.t3.small",
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
];

/// The MySQL 8.0 Reference Manual, "Keywords and Reserved Words": those marked as reserved.
const RESERVED_WORDS: &str = "\
    accessible add all alter analyze and as asc asensitive before between bigint binary blob both \
    by call cascade case change char character check collate column condition constraint continue \
    convert create cross cube cume_dist current_date current_time current_timestamp current_user \
    cursor database databases day_hour day_microsecond day_minute day_second dec decimal declare \
    default delayed delete dense_rank desc describe deterministic distinct distinctrow div double \
    drop dual each else elseif empty enclosed escaped except exists exit explain false fetch \
    first_value float float4 float8 for force foreign from fulltext function generated get grant \
    group grouping groups having high_priority hour_microsecond hour_minute hour_second if ignore \
    in index infile inner inout insensitive insert int int1 int2 int3 int4 int8 integer intersect \
    interval into io_after_gtids io_before_gtids is iterate join json_table key keys kill lag \
    last_value lateral lead leading leave left like limit linear lines load localtime \
    localtimestamp lock long longblob longtext loop low_priority master_bind \
    master_ssl_verify_server_cert match maxvalue mediumblob mediumint mediumtext middleint \
    minute_microsecond minute_second mod modifies natural not no_write_to_binlog nth_value ntile \
    null numeric of on optimize optimizer_costs option optionally or order out outer outfile over \
    partition percent_rank precision primary procedure purge range rank read reads read_write real \
    recursive references regexp release rename repeat replace require resignal restrict return \
    revoke right rlike row rows row_number schema schemas second_microsecond select sensitive \
    separator set show signal smallint spatial specific sql sqlexception sqlstate sqlwarning \
    sql_big_result sql_calc_found_rows sql_small_result ssl starting stored straight_join system \
    table terminated then tinyblob tinyint tinytext to trailing trigger true undo union unique \
    unlock unsigned update usage use using utc_date utc_time utc_timestamp values varbinary varchar \
    varcharacter varying virtual when where while window with write xor year_month zerofill";
