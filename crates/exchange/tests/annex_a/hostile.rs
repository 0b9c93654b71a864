//! Files that are no workbooks, are damaged or would eat the machine.

use std::io::{Cursor, Write};

use exchange::annex_a::read;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::support::{Dice, assert_lines, day, problems, shown, workbook};

/// A workbook of one sheet, from its XML and that of its shared texts.
fn raw(sheet: &str, texts: &str) -> Vec<u8> {
    raw_parts(&[("xl/worksheets/sheet1.xml", sheet.as_bytes()), ("xl/sharedStrings.xml", texts.as_bytes())])
}

fn raw_parts(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let fixed: [(&str, &[u8]); 3] = [
        ("_rels/.rels", br#"<Relationships><Relationship Id="rId1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<workbook><workbookPr/><sheets><sheet name="List 1" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
    ];
    for (name, bytes) in fixed.iter().filter(|(name, _)| !parts.iter().any(|(other, _)| other == name)).chain(parts) {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The rows of a sheet, with headers in row 1.
fn sheet(rows: &str) -> String {
    format!(
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Child Unique ID</t></is></c><c r="B1" t="inlineStr"><is><t>Date of Contact</t></is></c><c r="C1" t="inlineStr"><is><t>Contact Source</t></is></c></row>{rows}</sheetData></worksheet>"#
    )
}

fn error(bytes: &[u8]) -> String {
    read(bytes, day("2021-03-31")).err().expect("an error").to_string()
}

#[track_caller]
fn check(bytes: &[u8], events: &str, expected_problems: &str) {
    let import = read(bytes, day("2021-03-31")).unwrap();
    assert_lines(&shown(&import.events(&[]).unwrap()), events);
    assert_lines(&problems(&import), expected_problems);
}

const CONTACT: &str = r#"2021-03-01 00:10 7/contact.received/2021-03-01 {"episode":"contact-2021-03-01","source_category":"police","professional":true}"#;

#[test]
fn what_is_no_workbook_is_named() {
    assert_eq!(error(b""), "not an Excel workbook (.xlsx): the file is empty");
    assert_eq!(error(b"Child Unique ID,Gender\n"), "not an Excel workbook (.xlsx): it does not begin as one");
    let old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
    assert_eq!(
        error(&old),
        "not an Excel workbook (.xlsx): it is an old Excel file (.xls) or protected by a password; save it as .xlsx without one"
    );
    let zip_of = |names: &[&str]| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    assert_eq!(
        error(&zip_of(&["mimetype", "content.xml"])),
        "not an Excel workbook (.xlsx): it is an OpenDocument file (.ods); save it as .xlsx"
    );
    assert_eq!(
        error(&zip_of(&["xl/workbook.bin"])),
        "not an Excel workbook (.xlsx): it is a binary workbook (.xlsb); save it as .xlsx"
    );
    assert_eq!(
        error(&zip_of(&["readme.txt"])),
        "not an Excel workbook (.xlsx): it is a zip file without a workbook in it"
    );
    assert_eq!(
        error(&zip_of(&["_rels/.rels"])),
        "not an Excel workbook (.xlsx): it is a zip file without a workbook in it"
    );
}

#[test]
fn a_truncated_workbook_is_damaged_wherever_it_ends() {
    let whole = workbook(&[("List 1", "Child Unique ID | Date of Contact | Contact Source\n7 | 2021-03-01 | 6")]);
    for length in (0..whole.len()).step_by(97) {
        let error = error(&whole[..length]);
        assert!(
            error.starts_with("the workbook is damaged") || error.starts_with("not an Excel workbook"),
            "{length}: {error}"
        );
    }
}

#[test]
fn a_workbook_with_any_byte_changed_gives_a_result_or_an_error() {
    let whole = workbook(&[("List 1", "Child Unique ID | Date of Contact | Contact Source\n7 | 2021-03-01 | 6")]);
    for position in (0..whole.len()).step_by(11) {
        let mut changed = whole.clone();
        changed[position] ^= 0x55;
        if let Ok(import) = read(&changed, day("2021-03-31")) {
            import.events(&[]).unwrap();
        }
    }
}

#[test]
fn the_sample_with_its_xml_changed_gives_a_result_or_an_error() {
    let sample = include_bytes!("../samples/Annex_A_2024_Jan.xlsx");
    let mut zip = zip::ZipArchive::new(Cursor::new(sample)).unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for position in 0..zip.len() {
        let mut part = zip.by_index(position).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
        parts.push((part.name().unwrap().to_string(), bytes));
    }
    let runs = std::env::var("ANNEX_A_RUNS").map_or(60, |runs| runs.parse().unwrap());
    let mut dice = Dice(0xA11EA);
    for run in 0..runs {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &parts {
            let mut bytes = bytes.clone();
            for _ in 0..dice.below(4) {
                change(&mut bytes, &mut dice);
            }
            zip.start_file(name.as_str(), SimpleFileOptions::default().compression_method(CompressionMethod::Stored))
                .unwrap();
            zip.write_all(&bytes).unwrap();
        }
        let as_at = calendar::Date::from_days(i32::try_from(10_000 + dice.below(20_000)).unwrap());
        println!("run {run}, as at {as_at}");
        if let Ok(import) = read(&zip.finish().unwrap().into_inner(), as_at) {
            let changes = import.events(&[]).unwrap();
            let known = crate::support::accepted(&changes);
            let again = import.events(&known).unwrap();
            assert_eq!(shown(&again), "");
        }
    }
}

/// Changes something: a letter, a stretch of them, a piece of another place.
fn change(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const PIECES: [&str; 12] =
        ["<", ">", "\"", "&#0;", "&lt;", "9", "-1", "1e999", "</c>", "<v>", "\u{feff}", "t=\"e\""];
    let at = dice.below(bytes.len().max(1));
    let length = dice.below(40).min(bytes.len() - at);
    match dice.below(4) {
        0 => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
        1 => drop(bytes.drain(at..at + length)),
        2 => {
            let piece = PIECES[dice.below(PIECES.len())];
            bytes.splice(at..at, piece.bytes());
        }
        _ => {
            let to = dice.below(bytes.len());
            let copied = bytes[at..at + length].to_vec();
            bytes.splice(to..to, copied);
        }
    }
}

#[test]
fn cells_written_by_hand() {
    let rows = r#"
        <row r="2"><c r="A2"><v>7</v></c><c r="B2" t="n"><v>44256</v></c><c r="C2" t="s"><v>0</v></c></row>
        <row><c><v>7</v></c><c t="d"><v>2021-03-02</v></c><c t="str"><f>"pol"&amp;"ice"</f><v>police</v></c></row>
        <row r="9"><c r="A9" t="s"><v>1</v></c><c r="B9"><f>TODAY()</f></c><c r="C9" t="str"><f>""</f><v></v></c></row>
        <row r="10"><c r="A10"><v>7</v></c><c r="B10"><f>TODAY()</f><v/></c><c r="C10" t="e"><v>#SPILL!</v></c></row>
        <row r="11"><c r="A11"><v>7</v></c><c r="B11" t="b"><v>1</v></c><c r="C11" t="s"><v>99</v></c></row>
        <row r="12"><c r="A12"><v>7</v></c><c r="B12" t="n"><v>inf</v></c><c r="C12" t="q"><v>1</v></c></row>
        <row r="13"><c r="A13" t="e"><v>#N/A</v></c></row>"#;
    let texts = "<sst><si><r><t>Pol</t></r><r><t>ice</t></r><rPh><t>xx</t></rPh></si><si><t>7</t></si></sst>";
    check(
        &raw(&sheet(rows), texts),
        r#"2021-03-01 00:10 7/contact.received/2021-03-01 {"episode":"contact-2021-03-01","source_category":"police","professional":true}
           2021-03-02 00:10 7/contact.received/2021-03-02 {"episode":"contact-2021-03-02","source_category":"police","professional":true}"#,
        r##"List 1 row 9, column B (Date of Contact): it is a formula with no stored value
           List 1 row 10, column B (Date of Contact): it is a formula with no stored value
           List 1 row 10, column C (Contact Source): it holds the error "#SPILL!"
           List 1 row 11, column B (Date of Contact): "Yes" is no date
           List 1 row 11, column C (Contact Source): it names a text that the workbook does not hold
           List 1 row 12, column B (Date of Contact): its number is out of bounds
           List 1 row 12, column C (Contact Source): its value is of an unknown kind
           List 1 row 13, column A (Child Unique ID): it holds the error "#N/A""##,
    );
}

#[test]
fn dates_from_1904() {
    let main = br#"<workbook><workbookPr date1904="1"/><sheets><sheet name="List 1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let rows = sheet(r#"<row r="2"><c r="A2"><v>7</v></c><c r="B2"><v>42794</v></c><c r="C2"><v>6</v></c></row>"#);
    check(&raw_parts(&[("xl/workbook.xml", main), ("xl/worksheets/sheet1.xml", rows.as_bytes())]), CONTACT, "");
}

#[test]
fn prefixes_other_folders_and_absolute_targets() {
    let sheet = sheet(r#"<row r="2"><c r="A2"><v>7</v></c><c r="B2"><v>44256</v></c><c r="C2"><v>6</v></c></row>"#)
        .replace("<worksheet", "<x:worksheet")
        .replace("</worksheet", "</x:worksheet")
        .replace("<sheetData", "<x:sheetData")
        .replace("</sheetData", "</x:sheetData");
    check(
        &raw_parts(&[
            ("_rels/.rels", br#"<Relationships><Relationship Id="a" Type="y/officeDocument" Target="/Book/Main.xml"/></Relationships>"#),
            ("book/_rels/main.xml.rels", br#"<Relationships><Relationship Id="q" Type="y/worksheet" Target="../Pages/One.xml"/></Relationships>"#),
            ("book/main.xml", br#"<p:workbook><p:sheets><p:sheet name="List 1" sheetId="1" r:id="q"/></p:sheets></p:workbook>"#),
            ("pages/one.xml", sheet.as_bytes()),
        ]),
        CONTACT,
        "",
    );
}

#[test]
fn a_dimension_that_lies_and_a_cell_in_the_last_corner_cost_nothing() {
    let sheet = sheet(
        r#"<row r="2"><c r="A2"><v>7</v></c><c r="B2"><v>44256</v></c><c r="C2"><v>6</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#,
    );
    let sheet = sheet.replace("<worksheet>", r#"<worksheet><dimension ref="A1:XFD1048576"/>"#);
    check(&raw(&sheet, "<sst uniqueCount=\"18446744073709551615\"/>"), CONTACT, "");
}

#[test]
fn places_that_no_sheet_has_are_damage() {
    for row in [
        r#"<row r="0"/>"#,
        r#"<row r="1048577"/>"#,
        r#"<row r="99999999999999999999"/>"#,
        r#"<row r="2"><c r="XFE2"/></row>"#,
        r#"<row r="2"><c r="ZZZZZZZZZZZZ2"/></row>"#,
        r#"<row r="2"><c r="2"/></row>"#,
        r#"<row r="1048576"/><row><c/></row>"#,
        r#"<row r="2"><c r="A2"><v>7</v>"#,
    ] {
        let error = error(&raw(&sheet(row), "<sst/>"));
        assert!(error.starts_with("the workbook is damaged"), "{row}: {error}");
    }
}

#[test]
fn a_million_empty_rows_work() {
    let mut rows = String::with_capacity(80_000_000);
    rows.push_str(r#"<row r="2"><c r="A2"><v>7</v></c><c r="B2"><v>44256</v></c><c r="C2"><v>6</v></c></row>"#);
    for row in 3..=1_048_576 {
        rows.push_str(&format!(r#"<row r="{row}" spans="1:3"><c r="A{row}" s="1"/></row>"#));
    }
    check(&raw(&sheet(&rows), "<sst/>"), CONTACT, "");
}

/// As many bytes as a part may unpack to, and more, in a small file.
fn bomb(name: &str, before: &str, filling: &[u8], times: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
    for (part, text) in [
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="rId1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/workbook.xml", r#"<workbook><sheets><sheet name="List 1" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
        ("xl/worksheets/sheet1.xml", &sheet("")),
        ("xl/sharedStrings.xml", "<sst/>"),
    ] {
        if part != name {
            zip.start_file(part, options).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
    }
    zip.start_file(name, options).unwrap();
    zip.write_all(before.as_bytes()).unwrap();
    for _ in 0..times {
        zip.write_all(filling).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn bombs_end_in_a_sentence() {
    let mebibyte = |piece: &str| piece.repeat((1 << 20) / piece.len()).into_bytes();
    // Rows without end, beyond Excel's and within.
    let rows = bomb("xl/worksheets/sheet1.xml", "<worksheet><sheetData>", &mebibyte("<row></row>"), 100);
    assert!(error(&rows).ends_with("has a row with an impossible number (after row 1048576)"), "{}", error(&rows));
    let comment = format!("<!--{}-->", "-".repeat(65_000));
    let rows = bomb("xl/worksheets/sheet1.xml", "<worksheet><sheetData>", &mebibyte(&comment), 1100);
    assert!(rows.len() < 2 << 20, "{}", rows.len());
    assert_eq!(
        error(&rows),
        "the workbook is too large: it unpacks to more than 1024 MiB; delete the empty rows and columns after the data"
    );
    // One text without end.
    let text = bomb("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c><v>", &mebibyte("0123456789"), 300);
    assert_eq!(
        error(&text),
        "the workbook is too large: one tag or text of xl/worksheets/sheet1.xml has more than 1 MiB"
    );
    // One tag without end.
    let tag = bomb("xl/worksheets/sheet1.xml", "<worksheet ", &mebibyte("a=\"b\" "), 300);
    assert_eq!(
        error(&tag),
        "the workbook is too large: one tag or text of xl/worksheets/sheet1.xml has more than 1 MiB"
    );
    // Tags in tags.
    let deep = bomb("xl/worksheets/sheet1.xml", "<worksheet>", &mebibyte("<a>"), 100);
    assert_eq!(error(&deep), "the workbook is damaged: the tags of xl/worksheets/sheet1.xml stand more than 64 deep");
    // Shared texts, many and long.
    let many = bomb("xl/sharedStrings.xml", "<sst>", &mebibyte("<si/>"), 100);
    assert_eq!(error(&many), "the workbook is too large: its cells share more than 2000000 texts");
    let long = bomb("xl/sharedStrings.xml", "<sst>", &mebibyte(&format!("<si><t>{}</t></si>", "x".repeat(900))), 100);
    assert_eq!(error(&long), "the workbook is too large: the texts of its cells have more than 64 MiB");
    // Cells in one row.
    let wide = bomb("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>", &mebibyte("<c><v>1</v></c>"), 100);
    assert!(error(&wide).contains("has a row with too many cells"), "{}", error(&wide));
}

#[test]
fn parts_and_sheets_are_bounded() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..5_000 {
        zip.start_file(format!("p{number}"), SimpleFileOptions::default()).unwrap();
    }
    assert_eq!(
        error(&zip.finish().unwrap().into_inner()),
        "the workbook is too large: it has more than 4096 parts, where a workbook has some dozens"
    );

    let sheets: String = (0..300).map(|number| format!(r#"<sheet name="s{number}" r:id="rId1"/>"#)).collect();
    let main = format!("<workbook><sheets>{sheets}</sheets></workbook>");
    assert_eq!(
        error(&raw_parts(&[("xl/workbook.xml", main.as_bytes())])),
        "the workbook is too large: it has more than 256 sheets"
    );
}

#[test]
fn a_text_of_a_megabyte_is_reported() {
    let long = "x".repeat(100_000);
    let rows = format!(
        r#"<row r="2"><c r="A2"><v>7</v></c><c r="B2"><v>44256</v></c><c r="C2" t="inlineStr"><is><t>{long}</t></is></c></row>
           <row r="3"><c r="A3"><v>7</v></c><c r="B3"><v>44257</v></c><c r="C3" t="s"><v>0</v></c></row>"#
    );
    check(
        &raw(&sheet(&rows), &format!("<sst><si><t>{long}</t></si></sst>")),
        r#"2021-03-01 00:10 7/contact.received/2021-03-01 {"episode":"contact-2021-03-01"}
           2021-03-02 00:10 7/contact.received/2021-03-02 {"episode":"contact-2021-03-02"}"#,
        "List 1 row 2, column C (Contact Source): its text is too long
         List 1 row 3, column C (Contact Source): its text is too long",
    );
}

#[test]
fn days_that_no_workbook_is_as_at_are_refused() {
    let bytes = workbook(&[("List 1", "Child Unique ID | Date of Contact | Contact Source\n7 | 2021-03-01 | 6")]);
    for date in [calendar::Date::from_days(i32::MIN), calendar::Date::from_days(i32::MAX), day("1899-12-31")] {
        assert!(read(&bytes, date).is_err());
    }
    for date in ["1900-01-01", "9999-12-31"] {
        read(&bytes, day(date)).unwrap().events(&[]).unwrap();
    }
}

#[test]
fn a_child_with_hundreds_of_rows_is_bounded() {
    let mut rows = String::new();
    for row in 2..=300 {
        rows.push_str(&format!(
            r#"<row r="{row}"><c r="A{row}"><v>7</v></c><c r="B{row}"><v>{}</v></c></row>"#,
            43_000 + row
        ));
    }
    let import = read(&raw(&sheet(&rows), "<sst/>"), day("2021-03-31")).unwrap();
    assert_eq!(import.events(&[]).unwrap().events.len(), 200);
    assert_eq!(import.problems.len(), 99);
}
