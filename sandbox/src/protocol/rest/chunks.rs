//! `aws-chunked`: a body in pieces, each with its length before it, and perhaps headers at the end
//! (S3 API Reference, "Signature calculations: transferring payload in multiple chunks"). The
//! signatures of the pieces are not checked, nor are the checksums behind them.

/// The body that the pieces make; `None` if they are none.
pub(super) fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let digits = line.split(';').next()?;
        let length = usize::from_str_radix(digits.trim(), 16).ok()?;
        rest = &rest[end + 2..];
        if length == 0 {
            return Some(body);
        }
        let (piece, after) = rest.split_at_checked(length)?;
        body.extend_from_slice(piece);
        rest = after.strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn pieces_and_what_is_none() {
        let signed = b"5;chunk-signature=ab\r\nhello\r\n1\r\n!\r\n0;chunk-signature=cd\r\n\r\n";
        assert_eq!(joined(signed).as_deref(), Some(&b"hello!"[..]));
        let trailer = b"2\r\nhi\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n";
        assert_eq!(joined(trailer).as_deref(), Some(&b"hi"[..]));
        for bad in [
            &b"hello"[..],
            b"5\r\nhi\r\n",
            b"ffffffffffffffff\r\nhi\r\n",
            b"z\r\n",
            b"2\r\nhi!\r\n0\r\n",
        ] {
            assert_eq!(joined(bad), None);
        }
    }
}
