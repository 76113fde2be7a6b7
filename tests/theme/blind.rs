//! How far the fills of the five statuses lie apart for readers who see no red or no green: their colors
//! simulated as by Machado, Oliveira and Fernandes (2009), their distance that of CIELAB.

use std::collections::BTreeMap;

/// The fills, by the tokens that name them.
const FILLS: [&str; 5] = ["met", "way", "near", "miss", "none"];
/// How far two fills lie apart at least: fifteen times what a trained eye can just tell apart.
const LEAST: f64 = 15.0;

type Matrix = [[f64; 3]; 3];

/// What is left of red, green and blue light, in linear sRGB, where the sight is missing altogether.
const SIGHTS: [(&str, Matrix); 3] = [
    ("full sight", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
    ),
];

/// From linear sRGB to the three values of CIE 1931, each as part of that of white.
const SEEN: Matrix = [
    [0.433953, 0.376219, 0.189828],
    [0.212673, 0.715152, 0.072175],
    [0.017758, 0.109477, 0.872765],
];

/// Pairs of fills that are too near, for any of these sights.
pub fn breaches(tokens: &BTreeMap<String, String>) -> Vec<String> {
    let mut near = Vec::new();
    for (sight, matrix) in SIGHTS {
        for (nth, one) in FILLS.iter().enumerate() {
            for other in &FILLS[nth + 1..] {
                let apart = distance(&matrix, &tokens[*one], &tokens[*other]);
                if apart < LEAST {
                    near.push(format!("{one} and {other}, {sight}: {apart:.1}, not {LEAST}"));
                }
            }
        }
    }
    near
}

fn distance(sight: &Matrix, one: &str, other: &str) -> f64 {
    let (one, other) = (lab(sight, one), lab(sight, other));
    one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
}

/// Lightness, red against green, yellow against blue, as this sight has them.
fn lab(sight: &Matrix, color: &str) -> [f64; 3] {
    let seen = times(sight, super::contrast::linear(color)).map(|part| part.clamp(0.0, 1.0));
    let [x, y, z] = times(&SEEN, seen).map(|part| {
        let edge = 216.0 / 24389.0;
        if part > edge { part.cbrt() } else { (24389.0 / 27.0 * part + 16.0) / 116.0 }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn times(matrix: &Matrix, parts: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(parts).map(|(weight, part)| weight * part).sum())
}

#[test]
fn distance_is_that_of_cielab() {
    let [(_, full), _, (_, no_green)] = SIGHTS;
    assert!((distance(&full, "#000000", "#FFFFFF") - 100.0).abs() < 0.01);
    // Pure red is 53.24, 80.09, 67.20; pure blue 32.30, 79.19, -107.86.
    assert!((distance(&full, "#FF0000", "#0000FF") - 176.31).abs() < 0.1);
    // A red and a green that are told apart by nothing but that.
    assert!(distance(&full, "#B06030", "#709030") > 45.0);
    assert!(distance(&no_green, "#B06030", "#709030") < LEAST);
}
