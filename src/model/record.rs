//! How the parts of a document are written to and read from JSON.
//!
//! A file may come from a newer colleague: fields this version does not know are kept and written back. serde's `flatten`
//! would do that, but it buffers every value, which costs speed and, worse, the line and column of an error. So records are
//! declared with [`record!`], which reads straight from the parser.

use std::{borrow::Cow, collections::BTreeMap, fmt, marker::PhantomData, sync::Arc};

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned, MapAccess},
};

use super::id::Id;

/// Fields of a record that this version of the program does not know.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Unknown(BTreeMap<String, serde_json::Value>);

impl Unknown {
    /// Keeps one unknown field; a field of the same name is replaced.
    pub fn keep(&mut self, key: String, value: serde_json::Value) {
        self.0.insert(key, value);
    }

    /// Whether a field of this name is kept.
    pub fn contains(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// The field of this name.
    pub fn get(&self, key: &str) -> Option<&serde_json::Value> {
        self.0.get(key)
    }

    /// Takes a field out.
    pub fn take(&mut self, key: &str) -> Option<serde_json::Value> {
        self.0.remove(key)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them as one JSON object.
    pub fn into_value(self) -> serde_json::Value {
        serde_json::Value::Object(self.0.into_iter().collect())
    }

    /// The unknown fields by name.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &serde_json::Value)> {
        self.0.iter()
    }
}

/// A value that can stand in a record.
pub trait FieldValue: Sized {
    /// Whether the field is left out of the file because it says nothing.
    fn is_blank(&self) -> bool;

    /// The value when the file does not have the field, or `None` where it must have it.
    fn missing() -> Option<Self>;

    /// Reads the value of the field whose name was just read.
    fn read<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error>
    where
        Self: Deserialize<'de>,
    {
        map.next_value()
    }
}

macro_rules! field_values {
    ($(($($parameter:ident),*) $type:ty => $blank:expr;)+) => {
        $(impl<$($parameter),*> $crate::model::record::FieldValue for $type {
            fn is_blank(&self) -> bool {
                let blank: fn(&Self) -> bool = $blank;
                blank(self)
            }

            fn missing() -> Option<Self> {
                Some(Self::default())
            }
        })+
    };
}
pub(crate) use field_values;

/// A unit or stage is always written, so that a reader never has to know the default.
macro_rules! always_written {
    ($($type:ty),+) => { $crate::model::record::field_values! { $(() $type => |_| false;)+ } };
}
pub(crate) use always_written;

field_values! {
    () String => |text| text.is_empty();
    () Arc<str> => |text| text.is_empty();
    () bool => |flag| !flag;
    () u64 => |number| *number == 0;
    (T) Option<T> => Option::is_none;
    (T) Vec<T> => Vec::is_empty;
    (T) super::rows::Rows<T> => |rows| rows.is_empty();
}

impl<T: DeserializeOwned> FieldValue for KeyMap<T> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }

    fn missing() -> Option<Self> {
        Some(Self::new())
    }

    /// serde would let the last of two values under one key win; a cell must not vanish unseen.
    fn read<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error> {
        map.next_value_seed(UniqueKeys(PhantomData))
    }
}

struct UniqueKeys<T>(PhantomData<fn() -> T>);

impl<'de, T: Deserialize<'de>> de::DeserializeSeed<'de> for UniqueKeys<T> {
    type Value = KeyMap<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<KeyMap<T>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: Deserialize<'de>> de::Visitor<'de> for UniqueKeys<T> {
    type Value = KeyMap<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("对象")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<KeyMap<T>, A::Error> {
        let mut values = KeyMap::new();
        while let Some(key) = map.next_key::<String>()? {
            if values.contains_key(&key) {
                return Err(repeated(&key));
            }
            values.insert(key, map.next_value()?);
        }
        Ok(values)
    }
}

/// The error of a name that stands twice in one object.
pub fn repeated<E: de::Error>(name: &str) -> E {
    E::custom(format_args!("字段 {name} 重复"))
}

/// The error of a field that must be there and is not.
pub fn absent<E: de::Error>(name: &str) -> E {
    E::custom(format_args!("缺少字段 {name}"))
}

impl<T> FieldValue for Id<T> {
    fn is_blank(&self) -> bool {
        false
    }

    fn missing() -> Option<Self> {
        None
    }
}

/// A key of a JSON object, borrowed from the input where it has no escapes.
pub struct FieldName<'de>(pub Cow<'de, str>);

impl<'de> Deserialize<'de> for FieldName<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl<'de> de::Visitor<'de> for Name {
            type Value = FieldName<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("字段名")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<FieldName<'de>, E> {
                Ok(FieldName(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<FieldName<'de>, E> {
                Ok(FieldName(Cow::Owned(name.to_owned())))
            }
        }
        deserializer.deserialize_str(Name)
    }
}

/// Whether a field of this type is in every file.
pub(crate) fn is_always_written<T: FieldValue>() -> bool {
    T::missing().is_none_or(|value| !value.is_blank())
}

/// Declares a record: a struct whose fields are written in this order, blank ones left out, unknown ones kept.
macro_rules! record {
    ($(
        $(#[$outer:meta])*
        pub struct $name:ident {
            $($(#[$inner:meta])* pub $field:ident: $type:ty,)*
        }
    )+) => {$(
        $(#[$outer])*
        #[derive(Debug, Clone, PartialEq, schemars::JsonSchema)]
        #[schemars(transform = $name::require_written)]
        pub struct $name {
            $($(#[$inner])* pub $field: $type,)*
            /// Fields of a newer version, kept as they are.
            #[schemars(skip)]
            pub unknown: $crate::model::record::Unknown,
        }

        impl $name {
            /// In the published schema only those fields are required that are written always.
            fn require_written(schema: &mut schemars::Schema) {
                let mut required: Vec<&str> = Vec::new();
                $(if $crate::model::record::is_always_written::<$type>() {
                    required.push(stringify!($field));
                })*
                if required.is_empty() {
                    schema.remove("required");
                } else {
                    schema.insert("required".into(), required.into());
                }
            }
        }

        impl $crate::model::record::FieldValue for $name {
            fn is_blank(&self) -> bool {
                $($crate::model::record::FieldValue::is_blank(&self.$field) &&)* self.unknown.is_empty()
            }

            fn missing() -> Option<Self> {
                Some(Self {
                    $($field: $crate::model::record::FieldValue::missing()?,)*
                    unknown: Default::default(),
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                let mut map = serializer.serialize_map(None)?;
                $(if !$crate::model::record::FieldValue::is_blank(&self.$field) {
                    map.serialize_entry(stringify!($field), &self.$field)?;
                })*
                for (key, value) in self.unknown.iter() {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields;
                impl<'de> serde::de::Visitor<'de> for Fields {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(concat!("对象 ", stringify!($name)))
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                        $(let mut $field: Option<$type> = None;)*
                        let mut unknown = $crate::model::record::Unknown::default();
                        while let Some(key) = map.next_key::<$crate::model::record::FieldName<'de>>()? {
                            match &*key.0 {
                                $(stringify!($field) if $field.is_none() => {
                                    $field = Some($crate::model::record::FieldValue::read(&mut map)?);
                                })*
                                $(stringify!($field))|* => {
                                    return Err($crate::model::record::repeated(&key.0));
                                }
                                name if unknown.contains(name) => {
                                    return Err($crate::model::record::repeated(name));
                                }
                                _ => unknown.keep(key.0.into_owned(), map.next_value()?),
                            }
                        }
                        Ok($name {
                            $($field: match $field.or_else($crate::model::record::FieldValue::missing) {
                                Some(value) => value,
                                None => return Err($crate::model::record::absent(stringify!($field))),
                            },)*
                            unknown,
                        })
                    }
                }
                deserializer.deserialize_map(Fields)
            }
        }
    )+};
}
pub(crate) use record;

/// Free text of any length, cheap to clone because undo keeps many versions of a document.
pub type Text = Arc<str>;

/// Values by the key an edition gives them.
pub type KeyMap<T> = BTreeMap<String, T>;
