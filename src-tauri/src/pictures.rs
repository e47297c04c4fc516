//! `preview://localhost/<page>?width=<pixels>&v=<version>`: pictures of the typeset pages.

use backend::Desk;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tauri::http::{Response, StatusCode, Uri, header};

/// Pixels across beyond which a picture of a page shows nothing more.
const WIDEST: u32 = 4_000;

/// The picture asked for, as PNG. The version in the address is the hash of the page it was asked for; a picture of
/// just that page may be kept.
pub fn answer(desk: &Desk, uri: &Uri) -> Response<Vec<u8>> {
    let Some((page, width, version)) = parse(uri) else {
        return plain(StatusCode::BAD_REQUEST, "preview://localhost/<page>?width=<pixels>&v=<version>".into());
    };
    // A panic must give an answer too, or the page waits for ever.
    match catch_unwind(AssertUnwindSafe(|| desk.picture(page, width))) {
        Ok(Ok(picture)) => {
            let keep = if picture.hash == version { "max-age=86400, immutable" } else { "no-store" };
            Response::builder()
                .header(header::CONTENT_TYPE, "image/png")
                .header(header::CACHE_CONTROL, keep)
                .body(picture.png)
                .expect("the headers are valid")
        }
        Ok(Err(e)) => plain(StatusCode::NOT_FOUND, e.message),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "页面图片没有画成。".into()),
    }
}

fn plain(status: StatusCode, words: String) -> Response<Vec<u8>> {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "text/plain; charset=utf-8")
        .body(words.into_bytes())
        .expect("the header is valid")
}

/// Page, counted from 1, width and version of an address.
fn parse(uri: &Uri) -> Option<(usize, u32, &str)> {
    let page = uri.path().trim_start_matches('/').parse().ok().filter(|page| *page > 0)?;
    let query = uri.query()?;
    let value = |key: &str| query.split('&').filter_map(|pair| pair.split_once('=')).find(|(k, _)| *k == key);
    let width: u32 = value("width")?.1.parse().ok()?;
    Some((page, width.clamp(1, WIDEST), value("v")?.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_page_width_and_version() {
        let uri = |address: &str| address.parse::<Uri>().unwrap();
        assert_eq!(parse(&uri("preview://localhost/3?width=800&v=ab")), Some((3, 800, "ab")));
        assert_eq!(parse(&uri("http://preview.localhost/12?v=1&width=99999")), Some((12, WIDEST, "1")));
        for wrong in ["preview://localhost/0?width=8&v=1", "preview://localhost/x?width=8&v=1", "preview://localhost/3"]
        {
            assert_eq!(parse(&uri(wrong)), None, "{wrong}");
        }
    }
}
