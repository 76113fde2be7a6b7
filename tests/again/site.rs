//! A shelf in memory that keeps what the last run put there, as that of a preview does.

use casebook::diagnostics::Failure;
use casebook::site::edition::Edition;
use casebook::site::roll::Roll;
use casebook::site::{Shelf, Stretches};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// A site in memory; what is put on it becomes the site once it is whole.
#[derive(Default)]
pub struct Site {
    pub stands: BTreeMap<String, Arc<Vec<u8>>>,
    pub taken: Mutex<BTreeMap<String, Arc<Vec<u8>>>>,
    /// Files that came a stretch at a time: those that stand, and those that were taken.
    pub long: [Mutex<BTreeMap<String, Vec<Vec<u8>>>>; 2],
    /// The addresses that were told before the first file.
    pub roll: Mutex<Roll>,
}

impl Shelf for Site {
    fn begin(&self, _output: &str, _edition: &Edition, roll: &Roll) -> Result<(), Failure> {
        self.taken.lock().expect("no thread panics with it").clear();
        self.long[1].lock().expect("no thread panics with it").clear();
        *self.roll.lock().expect("no thread panics with it") = roll.clone();
        Ok(())
    }

    fn take(&self, address: &str, bytes: &[u8]) -> Result<(), Failure> {
        let bytes = Arc::new(bytes.to_vec());
        self.taken.lock().expect("no thread panics with it").insert(address.into(), bytes);
        Ok(())
    }

    fn keep(&self, address: &str) -> Result<bool, Failure> {
        let Some(bytes) = self.stands.get(address) else { return Ok(false) };
        let mut taken = self.taken.lock().expect("no thread panics with it");
        taken.insert(address.into(), Arc::clone(bytes));
        if let Some(stretches) = self.stretches_of(address) {
            self.take_stretches(address, stretches);
        }
        Ok(true)
    }

    fn take_long(&self, address: &str, stretches: Stretches<'_>) -> Result<(), Failure> {
        let stretches: Vec<_> = stretches.collect();
        self.take(address, &stretches.concat())?;
        self.take_stretches(address, stretches);
        Ok(())
    }

    fn stretches(&self, address: &str) -> Option<usize> {
        self.stretches_of(address).map(|stretches| stretches.len())
    }

    fn take_changed(&self, address: &str, stretches: Vec<Option<Vec<u8>>>) -> Result<(), Failure> {
        let before = self.stretches_of(address).expect("it was told that there are stretches");
        let each = stretches.into_iter().zip(before).map(|(made, before)| made.unwrap_or(before));
        self.take_long(address, Box::new(each))
    }
}

impl Site {
    fn stretches_of(&self, address: &str) -> Option<Vec<Vec<u8>>> {
        self.long[0].lock().expect("no thread panics with it").get(address).cloned()
    }

    fn take_stretches(&self, address: &str, stretches: Vec<Vec<u8>>) {
        let mut taken = self.long[1].lock().expect("no thread panics with it");
        taken.insert(address.into(), stretches);
    }
}
