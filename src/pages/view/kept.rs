//! Views that many pages show: turned into what templates read once, not once a page.

use serde::{Serialize, Serializer};
use std::marker::PhantomData;
use tera::Value;

/// A view that is kept in the form that templates read; copying it costs nothing.
#[derive(Clone, Debug)]
pub struct Kept<T> {
    value: Value,
    of: PhantomData<fn() -> T>,
}

impl<T: Serialize> Kept<T> {
    /// Keeps a view.
    pub fn of(view: &T) -> Kept<T> {
        Kept { value: Value::from_serializable(view), of: PhantomData }
    }
}

impl<T: Serialize + Default> Default for Kept<T> {
    fn default() -> Kept<T> {
        Kept::of(&T::default())
    }
}

impl<T> Serialize for Kept<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}
