//! What a circle may not see is in no byte of its edition (T57, T58), and a build that would show it
//! all the same finds it.

#[path = "leaks/casebook.rs"]
mod casebook_of;
#[path = "leaks/made.rs"]
mod made;
#[path = "leaks/planted.rs"]
mod planted;
#[path = "leaks/same.rs"]
mod same;
