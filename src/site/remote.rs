//! An object store as the place of a site: the one part of `site` that speaks to a network.
//!
//! In go a site that was built and an address such as `s3://bucket/folder`; what to put there is
//! decided in [`super::delivery`], and the engine repeats what fails for a while. Each object carries
//! the key of its bytes, so that a run that follows on one that died asks the store what is there
//! already: no journal can be behind the objects themselves. Nothing that the manifest there does
//! not list is ever removed, and nothing that is told names a key or a password.

mod fault;
mod open;

use super::built::{Built, STRETCH};
use super::delivery::{Coming, Delivery, Errand, Standing};
use super::kind;
use super::manifest::{Manifest, NAME};
use crate::diagnostics::Failure;
use fault::Plain;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, Error, GetOptions, ObjectStore, ObjectStoreExt, PutMultipartOptions,
    PutOptions, PutPayload,
};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::runtime::{Builder, Runtime};

pub use open::Environment;

/// So many files are put at once.
const AT_ONCE: usize = 16;

/// The name under which an object carries the key of its bytes; not every store takes a hyphen.
const KEY: &str = "blake3";

/// A place in an object store.
#[derive(Debug)]
pub struct Remote {
    store: Arc<dyn ObjectStore>,
    /// Below it the site stands.
    below: Path,
    told: String,
    plain: Plain,
    runtime: Runtime,
}

/// What publishing did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// Files that were put.
    pub put: usize,
    /// Files that stood as they should.
    pub unchanged: usize,
    /// Files of an earlier site that went.
    pub gone: usize,
    /// What is not ours there.
    pub foreign: Vec<String>,
}

impl Remote {
    /// A place by its address; nothing is asked of it yet.
    pub fn open(address: &str, around: &Environment) -> Result<Remote, Failure> {
        let (store, below) = open::store(address, around)?;
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime
            .map_err(|error| Failure::machine(format!("cannot speak to a network: {error}")))?;
        let told = address.trim_end_matches('/').to_owned();
        Ok(Remote { store, below, told, plain: Plain::of(around), runtime })
    }

    /// Makes the place hold a site that was built, of which each file has its length.
    pub fn publish(&self, built: &Built, lengths: &[u64]) -> Result<Delivered, Failure> {
        self.runtime.block_on(self.deliver(built, lengths))
    }

    async fn deliver(&self, built: &Built, lengths: &[u64]) -> Result<Delivered, Failure> {
        let standing = self.standing().await?;
        let plan = Delivery::plan(Coming::of(built, lengths), &standing, &self.told)?;
        let mut done =
            Delivered { put: 0, unchanged: plan.unchanged, gone: 0, foreign: plan.foreign };
        let Some(until) = plan.until else { return Ok(done) };
        self.put_manifest(&until).await?;
        for turn in &plan.turns {
            let put = stream::iter(turn).map(|errand| self.put(built, *errand, lengths));
            let put: Vec<bool> = put.buffer_unordered(AT_ONCE).try_collect().await?;
            let new = put.iter().filter(|put| **put).count();
            done.put += new;
            done.unchanged += put.len() - new;
        }
        if self.manifest().await?.as_ref() != Some(&until) {
            let message = format!("someone else published to `{}` meanwhile", self.told);
            return Err(Failure::machine(message)
                .help("publish again once they have ended, so that all of it is of one site"));
        }
        done.gone = plan.gone.len();
        self.remove(plan.gone).await?;
        self.put_manifest(&plan.after).await?;
        Ok(done)
    }

    /// What is there.
    async fn standing(&self) -> Result<Standing, Failure> {
        let below = Some(&self.below).filter(|below| !below.as_ref().is_empty());
        let mut listed = self.store.list(below);
        let mut objects = BTreeMap::new();
        while let Some(object) = listed.next().await {
            let object = object.map_err(|error| self.failed("list", "", error))?;
            let path = object.location.as_ref().strip_prefix(self.below.as_ref());
            let path = path.unwrap_or_default().trim_start_matches('/');
            if !path.is_empty() {
                objects.insert(path.to_owned(), object.size);
            }
        }
        // Where its place is taken by what is no manifest, nothing is ours.
        let manifest = match objects.contains_key(NAME) {
            true => self.manifest().await?,
            false => None,
        };
        if manifest.is_some() {
            objects.remove(NAME);
        }
        Ok(Standing { manifest, objects })
    }

    async fn manifest(&self) -> Result<Option<Manifest>, Failure> {
        let failed = |error| self.failed("read", NAME, error);
        let found = match self.store.get(&self.location(NAME)?).await {
            Err(Error::NotFound { .. }) => return Ok(None),
            found => found.map_err(failed)?,
        };
        let bytes = found.bytes().await.map_err(failed)?;
        Ok(std::str::from_utf8(&bytes).ok().and_then(Manifest::read))
    }

    async fn put_manifest(&self, manifest: &Manifest) -> Result<(), Failure> {
        let attributes = attributes("text/plain; charset=utf-8", "no-cache");
        let payload = PutPayload::from(manifest.text());
        let put = self.store.put_opts(&self.location(NAME)?, payload, options(attributes)).await;
        put.map(|_| ()).map_err(|error| self.failed("put", NAME, error))
    }

    /// Puts one file; whether it was not there yet.
    async fn put(&self, built: &Built, errand: Errand, lengths: &[u64]) -> Result<bool, Failure> {
        let (path, key) = built.files.at(errand.at);
        let location = self.location(path)?;
        if errand.may_stand && self.carries(&location, path, key).await? {
            return Ok(false);
        }
        let mut attributes = attributes(kind::of(path), kind::kept(path, key));
        attributes.insert(Attribute::Metadata(KEY.into()), key.to_owned().into());
        if lengths[errand.at] > STRETCH {
            self.put_in_parts(built, errand.at, &location, attributes).await?;
        } else {
            let payload = PutPayload::from(built.bytes(errand.at)?);
            let put = self.store.put_opts(&location, payload, options(attributes)).await;
            put.map_err(|error| self.failed("put", path, error))?;
        }
        Ok(true)
    }

    /// Whether an object carries a key.
    async fn carries(&self, location: &Path, path: &str, key: &str) -> Result<bool, Failure> {
        let head = GetOptions { head: true, ..GetOptions::default() };
        match self.store.get_opts(location, head).await {
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(self.failed("read", path, error)),
            Ok(found) => {
                let its = found.attributes.get(&Attribute::Metadata(KEY.into()));
                Ok(its.is_some_and(|its| its.as_ref() == key))
            }
        }
    }

    /// Puts a long file, which takes its place once all parts are there.
    async fn put_in_parts(
        &self,
        built: &Built,
        at: usize,
        location: &Path,
        attributes: Attributes,
    ) -> Result<(), Failure> {
        let failed = |error| self.failed("put", built.files.at(at).0, error);
        let options = PutMultipartOptions { attributes, ..PutMultipartOptions::default() };
        let mut upload = self.store.put_multipart_opts(location, options).await.map_err(failed)?;
        let mut stretches = built.stretches(at);
        let sent = loop {
            match stretches.next() {
                None => break upload.complete().await.map(|_| ()).map_err(failed),
                Some(Err(other)) => break Err(other),
                Some(Ok(part)) => {
                    if let Err(error) = upload.put_part(part.into()).await {
                        break Err(failed(error));
                    }
                }
            }
        };
        if sent.is_err() {
            // Parts that no one asks for cost money; where even this fails, the store's own rule for
            // uploads that were never completed has to remove them.
            let _ = upload.abort().await;
        }
        sent
    }

    async fn remove(&self, paths: Vec<String>) -> Result<(), Failure> {
        let locations: Result<Vec<Path>, Failure> =
            paths.iter().map(|path| self.location(path)).collect();
        let locations = stream::iter(locations?.into_iter().map(Ok)).boxed();
        let removed = self.store.delete_stream(locations);
        let each = removed.try_for_each(|_| async { Ok(()) });
        match each.await {
            Err(Error::NotFound { .. }) | Ok(()) => Ok(()),
            Err(error) => Err(self.failed("remove", "", error)),
        }
    }

    /// Where a file stands.
    fn location(&self, path: &str) -> Result<Path, Failure> {
        let below = self.below.as_ref();
        let whole = if below.is_empty() { path.to_owned() } else { format!("{below}/{path}") };
        let unsound = |_| Failure::machine(format!("`{path}` has a name that no object can have"));
        Path::parse(whole).map_err(unsound)
    }

    fn failed(&self, verb: &str, path: &str, error: Error) -> Failure {
        let told = match path {
            "" => self.told.clone(),
            path => format!("{}/{path}", self.told),
        };
        self.plain.failure(&format!("{verb} {told}"), error)
    }
}

fn attributes(kind: &'static str, kept: &'static str) -> Attributes {
    Attributes::from_iter([(Attribute::ContentType, kind), (Attribute::CacheControl, kept)])
}

fn options(attributes: Attributes) -> PutOptions {
    PutOptions { attributes, ..PutOptions::default() }
}
