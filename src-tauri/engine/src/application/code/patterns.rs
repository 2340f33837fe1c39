//! Regular expressions, made once.

use std::sync::LazyLock;

use regex::Regex;

/// A pattern that is part of the program; a test compiles each of them.
pub struct Pattern(LazyLock<Option<Regex>>);

impl Pattern {
    /// Made when it is first used.
    pub const fn new(make: fn() -> Option<Regex>) -> Pattern {
        Pattern(LazyLock::new(make))
    }

    /// Where it fits first, the groups that it has; an optional one that is not there is empty.
    pub fn groups<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let found = self.0.as_ref()?.captures(text)?;
        Some(found.iter().map(|group| group.map_or("", |group| group.as_str())).collect())
    }

    /// Every place where it fits.
    pub fn all<'t>(&self, text: &'t str) -> Vec<Vec<&'t str>> {
        let Some(pattern) = self.0.as_ref() else { return Vec::new() };
        let found = pattern.captures_iter(text);
        found.map(|one| one.iter().map(|group| group.map_or("", |group| group.as_str())).collect()).collect()
    }

    /// True where it fits.
    pub fn fits(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|pattern| pattern.is_match(text))
    }

    /// The text with every place where it fits written otherwise.
    pub fn replace(&self, text: &str, by: &str) -> String {
        self.0.as_ref().map_or_else(|| text.to_owned(), |pattern| pattern.replace_all(text, by).into_owned())
    }

    #[cfg(test)]
    pub fn is_sound(&self) -> bool {
        self.0.is_some()
    }
}

macro_rules! patterns {
    ($($(#[$meaning:meta])* $name:ident $text:literal;)*) => {
        $($(#[$meaning])* pub static $name: Pattern = Pattern::new(|| Regex::new($text).ok());)*

        #[cfg(test)]
        const ALL: &[(&str, &Pattern)] = &[$((stringify!($name), &$name),)*];
    };
}

patterns! {
    /// A name that is declared as a whole number in Python, alone, in a list or optional.
    PYTHON_INT r"\b([A-Za-z_]\w*)\s*:\s*((?:Mapped|Optional|List|list|Set|set|Sequence|Annotated|Query|Path)\[)*(?:None\s*\|\s*)?\bint\b";
    /// `int(...)` with what is in it.
    PYTHON_CAST r"\bint\(((?:[^()]|\([^()]*\))*)\)";
    /// `....isdigit()`.
    PYTHON_DIGITS r"([\w.\[\]'\x22()]+)\.is(?:digit|numeric|decimal)\(\)";
    /// `isinstance(x, int)`.
    PYTHON_INSTANCE r"\bisinstance\(\s*([\w.]+)\s*,\s*int\s*\)";
    /// A column of whole numbers.
    SQLALCHEMY_INT r"\b(?:sa\.|db\.)?((?:Small|Big)?Integer|BIGINT|INTEGER)\b(?:\(\))?";
    /// A column of SQLAlchemy's, by its name.
    SQLALCHEMY_COLUMN r"^\s*(\w+)\s*(?::\s*Mapped\[[^=]*\])?\s*=\s*(?:sa\.|db\.|orm\.)?(?:Column|mapped_column)\(";
    /// A reference of SQLAlchemy's.
    SQLALCHEMY_REFERENCE r#"ForeignKey\(\s*["']([\w.]+)\.(\w+)["']"#;
    /// The table of a class.
    TABLE_NAME r#"^\s*(?:__tablename__|db_table)\s*=\s*["']([\w.]+)["']"#;
    /// A field of Django's that holds whole numbers.
    DJANGO_INT r"^\s*(\w+)\s*=\s*models\.((?:Big|Small)?AutoField|(?:Positive)?(?:Big|Small)?IntegerField)\(";
    /// Any key of Django's.
    DJANGO_PRIMARY r"primary_key\s*=\s*True";
    /// A class with what it inherits.
    PYTHON_CLASS r"^\s*class\s+(\w+)\s*\(([^)]*)\)\s*:";
    /// A form's or serializer's field of whole numbers.
    FIELD_INT r"^\s*(\w+)\s*=\s*(?:serializers|forms|fields|ma|filters|django_filters)\.(?:Integer(?:Field)?|Int|NumberFilter)\(";
    /// A route that converts digits.
    ROUTE_INT r"<int:(\w+)>";
    /// A route with a pattern of digits.
    ROUTE_DIGITS r"\(\?P<(\w+)>(?:\\d|\[0-9\])\+\)";
    /// A route of Express's with a pattern of digits.
    ROUTE_EXPRESS r":(\w+)\((?:\\\\?d|\[0-9\])\+\)";
    /// A column compared with a number, or with what `%d` makes one.
    SQL_NUMBER r#"(?i)\b(\w+)["'`]?\s*(?:=|<>|!=|<=|>=|<|>|\bIN\s*\()\s*(?:\d+\b|'\d+'|%d|%\(\w+\)d|\{int\()"#;
    /// Words of a query.
    SQL_WORDS r"(?i)\b(?:SELECT|UPDATE|DELETE\s+FROM|INSERT\s+INTO|WHERE|JOIN)\b";
    /// What a query takes rows from.
    SQL_TABLE r#"(?i)\b(?:FROM|JOIN|UPDATE|INTO)\s+["'`]?([\w.]+)"#;
    /// Rows that are written with a number first.
    SQL_INSERT r#"(?i)\bINSERT\s+INTO\s+["'`]?([\w.]+)["'`]?\s*(?:\(([^)]*)\))?\s*VALUES\s*\(\s*(\d+)\b"#;
    /// A name that is declared as a number in TypeScript.
    SCRIPT_NUMBER r"\b([A-Za-z_$][\w$]*)[?!]?\s*:\s*(?:Array<|readonly\s+|ReadonlyArray<|Set<|Map<|Record<)?\(?(?:null\s*\|\s*|undefined\s*\|\s*|string\s*\|\s*)*\bnumber\b";
    /// State that is a number.
    SCRIPT_STATE r"\b(?:const|let|var)\s+\[?\s*([\w$]+)[^=]*=\s*(?:\w+\.)?(?:useState|ref|signal|writable|useRef)<[^>]*\bnumber\b[^>]*>";
    /// A type of ids.
    SCRIPT_ALIAS r"\btype\s+([\w$]+)\s*=\s*number\b";
    /// A map by number.
    SCRIPT_KEYED r"\b([A-Za-z_$][\w$]*)\s*[:=]\s*(?:new\s+)?(?:Map|Record|Set)<number\b";
    /// A text that is read as a number.
    SCRIPT_CAST r"\b(?:Number\.)?(parseInt|parseFloat|Number)\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)";
    /// A plus sign that makes a number.
    SCRIPT_PLUS r"(?:=|\(|,|return|\?|:)\s*\+\s*([A-Za-z_$][\w$.!?\[\]'\x22]*(?:\([^()]*\))?)";
    /// A validation for numbers.
    SCRIPT_SCHEMA r"\b([\w$]+)\s*:\s*(?:z|yup|Joi|v|t|Yup)\s*\.\s*(?:coerce\s*\.\s*)?(?:number|Number|integer|int)\([^)]*\)(?:\s*\.\s*\w+\([^)]*\))*";
    /// A decorator or pipe for numbers.
    SCRIPT_PIPE r"ParseIntPipe|@IsInt\(|@IsNumber\(|@Type\(\(\)\s*=>\s*Number\)";
    /// A question whether something is a number.
    SCRIPT_IS_NUMBER r#"(?:typeof\s+([\w$.]+)\s*[!=]==?\s*["']number["']|\b(?:Number\.)?(?:isNaN|isInteger|isSafeInteger|isFinite)\(\s*([^()]*(?:\([^()]*\))?[^()]*)\))"#;
    /// A pattern of digits that is tried.
    SCRIPT_DIGITS r"/\^?(?:\\d|\[0-9\])\+\$?/\w*\.test\(\s*((?:[^()]|\([^()]*\))*)\)";
    /// An id compared with a number.
    SCRIPT_SIZE r"\b([\w$.]+)\s*(?:[=!]==?|>=?|<=?)\s*\d+\b";
    /// The difference of two ids.
    SCRIPT_MINUS r"[\w$]\.([\w$]+)\s*-\s*[\w$]+\.([\w$]+)";
    /// A value that is given a name.
    GIVEN r"(?:\b(?:const|let|var)\s+)?\b([A-Za-z_$][\w$]*)(?:\s*:[^=]+)?\s*=\s*([^=].*)$";
    /// A number that is written out with so many digits.
    PYTHON_FORMAT r#"\{([\w.]+):0?\d*d\}|%0?\d*d["'].*?%\s*\(?([\w.]+)"#;
    /// The browser's storage, by the key.
    SCRIPT_STORAGE r#"\b(?:localStorage|sessionStorage|AsyncStorage)\s*\.\s*(?:getItem|setItem)\(\s*["'`]([^"'`]+)["'`]"#;
    /// A field for numbers.
    FORM_NUMBER r#"<(?:input|Input|TextField|v-text-field)\b[^>]*\btype=["'{]+number["'}]+"#;
    /// Name or binding of a field.
    FORM_NAME r#"\b(?:name|id|v-model|bind:value|formControlName)=["'{]+([\w$.]+)["'}]+"#;
    /// A generated key of TypeORM's.
    TYPEORM_KEY r"@PrimaryGeneratedColumn\((?:\s*['\x22]increment['\x22]\s*)?\)";
    /// A field of Prisma's that is a number.
    PRISMA_INT r"^\s*(\w+)\s+(?:Int|BigInt)(\??)\b";
    /// A UUID of version 4 alone.
    VERSION_FOUR r"(?i:4\[\s*(?:\\da-f|0-9a-f|a-f0-9|\\da-fA-F|0-9a-fA-F|a-fA-F0-9)\s*\]\{3\}|4\\w\{3\}|\bversion\s*=\s*4\b|\buuidv4\(\))|\bUUID4\b|IsUUID\(\s*(?:['\x22]4['\x22]|4)|\bUUIDVersion\.V4\b|uuid[Vv]ersion\(\w+\)\s*===?\s*4|\.version\s*[!=]==?\s*4\b";
    /// A key in a fixture.
    FIXTURE_KEY r#"["']?\b(\w+)["']?\s*:\s*(\d+)\s*,?\s*\}?\s*,?\s*$"#;
    /// The same anywhere in a line.
    FIXTURE_INLINE r#"["']?\b(\w+)["']?\s*:\s*(\d+)\b"#;
    /// The model of a fixture.
    FIXTURE_MODEL r#"["']?model["']?\s*:\s*["']?([\w.]+)"#;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        for (name, pattern) in ALL {
            assert!(pattern.is_sound(), "{name}");
        }
    }
}
