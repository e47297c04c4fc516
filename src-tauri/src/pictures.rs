//! `preview://localhost/<page>?width=<pixels>&v=<version>`: pictures of the typeset pages.

use crate::desk::Desk;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tauri::http::{Response, StatusCode, Uri, header};

/// Pixels across beyond which a picture of a page shows nothing more.
const WIDEST: u32 = 4_000;

/// The picture asked for, as PNG. The version in the address makes a changed page a different address, so a picture
/// may be kept.
pub fn answer(desk: &Desk, uri: &Uri) -> Response<Vec<u8>> {
    let Some((page, width)) = parse(uri) else {
        return plain(StatusCode::BAD_REQUEST, "preview://localhost/<page>?width=<pixels>".into());
    };
    // A panic must give an answer too, or the page waits for ever.
    match catch_unwind(AssertUnwindSafe(|| desk.picture(page, width))) {
        Ok(Ok(png)) => Response::builder()
            .header(header::CONTENT_TYPE, "image/png")
            .header(header::CACHE_CONTROL, "max-age=86400, immutable")
            .body(png)
            .expect("the header is valid"),
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

/// Page, counted from 1, and width of an address.
fn parse(uri: &Uri) -> Option<(usize, u32)> {
    let page = uri.path().trim_start_matches('/').parse().ok().filter(|page| *page > 0)?;
    let mut pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    let width: u32 = pairs.find(|(key, _)| *key == "width")?.1.parse().ok()?;
    Some((page, width.clamp(1, WIDEST)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_page_and_width() {
        let parsed = |address: &str| parse(&address.parse().unwrap());
        assert_eq!(parsed("preview://localhost/3?width=800&v=ab"), Some((3, 800)));
        assert_eq!(parsed("http://preview.localhost/12?v=1&width=99999"), Some((12, WIDEST)));
        for wrong in ["preview://localhost/0?width=8", "preview://localhost/x?width=8", "preview://localhost/3"] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
    }
}
