//! Numbers: exact values and order.

use proptest::prelude::*;
use vocabulary::Number;

fn number(value: f64) -> Number {
    Number::new(value).unwrap()
}

#[test]
fn a_number_is_finite() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(Number::new(value), None);
    }
}

#[test]
fn the_ratio_is_that_of_the_shortest_decimal() {
    let cases = [
        (0.0, (0, 0)),
        (-0.0, (0, 0)),
        (1.0, (1, 0)),
        (-17.0, (-17, 0)),
        (0.1, (1, 1)),
        (86.65, (8665, 2)),
        (-2.5, (-25, 1)),
        (1e-18, (1, 18)),
        (1.5e-18, (2, 18)),
        (-1.5e-18, (-2, 18)),
        (1.4e-18, (1, 18)),
        (5e-19, (1, 18)),
        (4e-19, (0, 18)),
        (5e-324, (0, 18)),
        (9_007_199_254_740_993.0, (9_007_199_254_740_992, 0)),
        (1e30, (10_i128.pow(30), 0)),
        (1.25e30, (125 * 10_i128.pow(28), 0)),
        (1e300, (i128::MAX, 0)),
        (-1.5e38, (-15 * 10_i128.pow(37), 0)),
        (-1e300, (-i128::MAX, 0)),
        (4503599627370495.5, (45035996273704955, 1)),
    ];
    for (value, ratio) in cases {
        assert_eq!(number(value).ratio(), ratio, "{value}");
    }
}

#[test]
fn zero_has_no_sign() {
    assert_eq!(number(-0.0), number(0.0));
    assert_eq!(number(-0.0).cmp(&number(0.0)), std::cmp::Ordering::Equal);
    assert_eq!(serde_json::to_string(&number(-0.0)).unwrap(), "0");
}

#[test]
fn whole_numbers_are_written_without_a_fraction() {
    for (value, text) in [(3.0, "3"), (-3.0, "-3"), (2.5, "2.5"), (1e300, "1e+300")] {
        assert_eq!(serde_json::to_string(&number(value)).unwrap(), text);
    }
}

proptest! {
    #[test]
    fn the_ratio_gives_the_number_again(mantissa in -(1_i64 << 50)..1_i64 << 50, places in 0_u32..15) {
        let text = format!("{mantissa}e-{places}");
        let (got, got_places) = number(text.parse().unwrap()).ratio();
        // The same value, whatever zeros are left out.
        prop_assert!(got_places <= places);
        prop_assert_eq!(got * 10_i128.pow(places - got_places), i128::from(mantissa));
    }

    #[test]
    fn any_number_has_a_ratio(value in any::<f64>()) {
        if let Some(number) = Number::new(value) {
            let (mantissa, places) = number.ratio();
            prop_assert!(places <= 18);
            let error = (mantissa as f64 / 10_f64.powi(places as i32) - value).abs();
            prop_assert!(value.abs() > 1e38 || error <= 1e-18 + value.abs() * 1e-15);
        }
    }

    #[test]
    fn the_order_is_that_of_the_values(one in any::<f64>(), other in any::<f64>()) {
        if let (Some(first), Some(second)) = (Number::new(one), Number::new(other)) {
            prop_assert_eq!(first.partial_cmp(&second), one.partial_cmp(&other));
        }
    }
}
