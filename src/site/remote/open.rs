//! Opening an object store by its address, with what the environment says.
//!
//! Credentials come from the environment alone, under the names that the stores' own tools use, and
//! never from the address: an address is shown, kept in scripts and sent to colleagues.

use crate::diagnostics::Failure;
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreScheme, RetryConfig};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// What the environment says of stores: names in small letters, and their values.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, String>);

/// What the names begin with.
pub const PREFIXES: [&str; 3] = ["AWS_", "AZURE_", "GOOGLE_"];

impl Environment {
    /// Those of some variables that tell of stores.
    pub fn of(variables: impl IntoIterator<Item = (String, String)>) -> Environment {
        let told = variables.into_iter().filter(|(name, value)| {
            !value.is_empty() && PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        });
        Environment(told.map(|(name, value)| (name.to_lowercase(), value)).collect())
    }

    /// The values that may be secrets.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        let secret = |(name, _): &(&String, _)| SECRET.iter().any(|word| name.contains(word));
        self.0.iter().filter(secret).map(|(_, value)| value.as_str())
    }

    /// Whether something there says who asks, for the stores whose names begin so.
    fn says_who(&self, prefix: &str) -> bool {
        self.0
            .keys()
            .any(|name| name.starts_with(prefix) && WHO.iter().any(|word| name.contains(word)))
    }
}

/// It must not be shown by accident.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Words in the names of what is no one's business.
const SECRET: [&str; 7] = ["account", "credential", "key", "password", "sas", "secret", "token"];

/// Words in the names of what says who asks.
const WHO: [&str; 9] = [
    "access_key",
    "account_key",
    "client_id",
    "credential",
    "metadata",
    "service_account",
    "skip_signature",
    "token",
    "use_azure_cli",
];

/// How long the engine goes on with what fails: it waits longer each time, a minute in all.
fn patience() -> RetryConfig {
    let retry_timeout = Duration::from_secs(60);
    RetryConfig { max_retries: 10, retry_timeout, ..RetryConfig::default() }
}

/// The store at an address, and below what in it.
pub fn store(address: &str, around: &Environment) -> Result<(Arc<dyn ObjectStore>, Path), Failure> {
    let url = sound(address)?;
    let unknown = || {
        // What an address might hide is not shown.
        let message = format!("`{}://` leads to no store that casebook knows", url.scheme());
        Failure::usage(message).help("name one as s3://bucket/folder, az://… or gs://…")
    };
    let (scheme, below) = ObjectStoreScheme::parse(&url).map_err(|_| unknown())?;
    // Where another part of this program chose already, that stands.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let told = around.0.iter();
    let store: Result<Arc<dyn ObjectStore>, object_store::Error> = match scheme {
        ObjectStoreScheme::AmazonS3 => {
            knows(around, "aws_", "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")?;
            let new = AmazonS3Builder::new().with_url(address).with_retry(patience());
            let told = known(told).fold(new, |new, (key, value)| new.with_config(key, value));
            told.build().map(|store| Arc::new(store) as _)
        }
        ObjectStoreScheme::MicrosoftAzure => {
            knows(around, "azure_", "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY")?;
            let new = MicrosoftAzureBuilder::new().with_url(address).with_retry(patience());
            let told = known(told).fold(new, |new, (key, value)| new.with_config(key, value));
            told.build().map(|store| Arc::new(store) as _)
        }
        ObjectStoreScheme::GoogleCloudStorage => {
            knows(around, "google_", "GOOGLE_SERVICE_ACCOUNT")?;
            let new = GoogleCloudStorageBuilder::new().with_url(address).with_retry(patience());
            let told = known(told).fold(new, |new, (key, value)| new.with_config(key, value));
            told.build().map(|store| Arc::new(store) as _)
        }
        _ => return Err(unknown()),
    };
    let plain = super::fault::Plain::of(around);
    Ok((store.map_err(|error| plain.misset(error))?, below))
}

/// Those of the settings that a store knows.
fn known<'k, K: FromStr>(
    told: impl Iterator<Item = (&'k String, &'k String)>,
) -> impl Iterator<Item = (K, &'k str)> {
    told.filter_map(|(name, value)| Some((name.parse().ok()?, value.as_str())))
}

/// Without credentials an engine would ask the machine that it runs on, which is hardly ever meant.
fn knows(around: &Environment, prefix: &str, names: &str) -> Result<(), Failure> {
    if around.says_who(prefix) {
        return Ok(());
    }
    let message = "nothing in the environment says who publishes to this store";
    Err(Failure::usage(message).help(format!("set {names}, as the store's own tools want them")))
}

/// An address that may be shown.
fn sound(address: &str) -> Result<Url, Failure> {
    let url = Url::parse(address).map_err(|error| {
        let message = format!("the address of the store cannot be read: {error}");
        Failure::usage(message).help("name one as s3://bucket/folder, az://… or gs://…")
    })?;
    // One of Azure's forms has the container before the account.
    let is_bare = url.username().is_empty() || url.scheme().starts_with("abfs");
    if is_bare && url.password().is_none() && url.query().is_none() && url.fragment().is_none() {
        return Ok(url);
    }
    let message = "the address of a store holds no names, passwords or signs behind `?` and `#`";
    Err(Failure::usage(message).help("set credentials in the environment instead"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(names: &[&str]) -> Environment {
        Environment::of(names.iter().map(|name| ((*name).to_owned(), "secret-1234".to_owned())))
    }

    #[test]
    fn what_is_not_of_stores_is_not_taken_and_nothing_is_shown() {
        let around = around(&["AWS_SECRET_ACCESS_KEY", "HOME", "AZURE_X"]);
        assert_eq!(format!("{around:?}"), r#"{"aws_secret_access_key", "azure_x"}"#);
    }

    #[test]
    fn an_address_is_refused_that_leads_nowhere_or_hides_a_secret() {
        let all = around(&["AWS_ACCESS_KEY_ID", "AZURE_STORAGE_ACCOUNT_KEY"]);
        let refused = [
            "s3://me:secret-1234@bucket/x",
            "s3://bucket/x?sig=secret-1234",
            "s3://bucket/x#secret-1234",
            "ftp://secret-1234/x",
            "memory:///secret-1234",
            "file:///secret-1234",
            "https://example.org/secret-1234",
            "s3://",
        ];
        for address in refused {
            let failure = store(address, &all).expect_err(address);
            assert_eq!(failure.exit, 2, "{address}: {failure}");
            let said = format!("{failure} {:?}", failure.help);
            assert!(!said.contains("secret-1234"), "{said}");
        }
    }

    #[test]
    fn who_asks_must_be_said_for_each_store() {
        for (address, own, other) in [
            ("s3://bucket/x", "AWS_ACCESS_KEY_ID", "AZURE_CLIENT_ID"),
            ("gs://bucket/x", "GOOGLE_SKIP_SIGNATURE", "AWS_ACCESS_KEY_ID"),
            ("az://bucket/x", "AZURE_STORAGE_ACCOUNT_KEY", "AWS_REGION"),
        ] {
            let failure = store(address, &around(&[other])).expect_err(address);
            assert_eq!((failure.exit, failure.help.is_some()), (2, true));
            let opened = store(address, &around(&[own, other]));
            // What else a store needs is another matter.
            let said = opened.err().map(|failure| failure.message).unwrap_or_default();
            assert_ne!(said, failure.message, "{address}");
            assert!(!said.contains("secret-1234"), "{said}");
        }
    }
}
