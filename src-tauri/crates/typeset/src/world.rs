//! The compiler's view of the outside: templates, fonts and three small data files. Nothing else exists in it.

use crate::Templates;
use crate::fonts::Fonts;
use crate::prepare::Prepared;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::PathBuf;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// The template files, parsed once.
pub(crate) struct Files {
    library: LazyHash<Library>,
    sources: HashMap<FileId, Source>,
    bytes: HashMap<FileId, Bytes>,
    names: Vec<String>,
    data: FileId,
    fonts: FileId,
    words: FileId,
}

impl Files {
    pub(crate) fn new(templates: Templates) -> Self {
        let mut files = Files {
            library: LazyHash::new(Library::default()),
            sources: HashMap::new(),
            bytes: HashMap::new(),
            names: Vec::new(),
            data: file_id("/data.json").expect("a constant path is valid"),
            fonts: file_id("/fonts.json").expect("a constant path is valid"),
            words: file_id("/words.json").expect("a constant path is valid"),
        };
        for (path, content) in templates {
            // A path that leaves the folder cannot be served; the import that wants it will say so.
            let Some(id) = file_id(&path) else { continue };
            match path.strip_suffix(".typ") {
                Some(stem) => {
                    if !stem.contains('/') {
                        files.names.push(stem.to_owned());
                    }
                    let text = String::from_utf8_lossy(&content).into_owned();
                    files.sources.insert(id, Source::new(id, text));
                }
                None => {
                    files.bytes.insert(id, Bytes::new(content));
                }
            }
        }
        files
    }

    pub(crate) fn templates(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }
}

fn file_id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

/// One compilation's world.
pub(crate) struct DataWorld<'a> {
    fonts: &'a Fonts,
    files: &'a Files,
    main: FileId,
    data: Bytes,
    roles: Bytes,
    words: Bytes,
}

impl<'a> DataWorld<'a> {
    /// `None` when there is no such template.
    pub(crate) fn new(
        fonts: &'a Fonts,
        files: &'a Files,
        template: &str,
        data: &Value,
        prepared: &Prepared,
    ) -> Option<Self> {
        let main = file_id(&format!("/{template}.typ")).filter(|id| files.sources.contains_key(id))?;
        let mut roles = serde_json::to_value(fonts.roles()).expect("roles are plain strings");
        roles["rare"] = json!(prepared.rare.iter().collect::<String>());
        Some(DataWorld {
            fonts,
            files,
            main,
            data: Bytes::from_string(data.to_string()),
            roles: Bytes::from_string(roles.to_string()),
            words: Bytes::from_string(json!(prepared.title_words).to_string()),
        })
    }

    fn missing(id: FileId) -> FileError {
        FileError::NotFound(PathBuf::from(id.get().vpath().get_with_slash()))
    }
}

impl World for DataWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.files.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.files.sources.get(&id).cloned().ok_or_else(|| Self::missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.files.data {
            Ok(self.data.clone())
        } else if id == self.files.fonts {
            Ok(self.roles.clone())
        } else if id == self.files.words {
            Ok(self.words.clone())
        } else {
            self.files.bytes.get(&id).cloned().ok_or_else(|| Self::missing(id))
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// Templates take their dates from the data: the same data must give the same bytes on any day.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
