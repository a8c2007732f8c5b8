//! A block's words by number, as the language model reads them.

use crate::document::analysis::Analysis;
use crate::document::token::TokenKind;
use crate::lexicon::model::units::Encoder;

/// Encodes a block; the encoder's units are then the block's.
pub fn encode(encoder: &mut Encoder<'_>, prose: &str, analysis: &Analysis) {
    encoder.clear();
    encoder.units.reserve(analysis.tokens.len() + analysis.sentences.len());
    for sentence in &analysis.sentences {
        let tokens = analysis.tokens.get(sentence.tokens.start as usize..sentence.tokens.end as usize);
        for token in tokens.unwrap_or_default() {
            let (text, start) = (token.text(prose), token.span.start);
            match token.kind {
                TokenKind::Word => encoder.word(text, start),
                TokenKind::Number => encoder.number(text, start),
                TokenKind::Punctuation | TokenKind::Symbol => encoder.mark(text, start),
                TokenKind::Code
                | TokenKind::Url
                | TokenKind::Email
                | TokenKind::Handle
                | TokenKind::Hashtag
                | TokenKind::Object => encoder.object(text, start),
            }
        }
        encoder.stop(sentence.span.end);
    }
}
