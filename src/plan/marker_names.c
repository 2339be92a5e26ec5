/* SPDX-License-Identifier: MIT */
/*
 * Whether a body names a log in what may once have been a marker.
 *
 * Layer: plan. Includes: base, buf, plan.
 *
 * Asked before an issue is made, so it must see through damage: a quoted marker, one that was cut
 * or wrapped, whose blanks were decoded, whose signs became entities. And it must not take one
 * log for another: `id=Auth` names Auth, not Auth-Refactor. So each word of the line is folded as
 * names are, and the id is looked for behind every `id=`, up to a sign that no name goes on with.
 */
#include "base/utf8.h"
#include "plan/marker_line.h"
#include "wlsync/plan.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The words of a text, each folded, parted by one blank. */
static void add_folded_words(struct wls_buf *out, struct wls_slice text, bool decode)
{
	struct wls_buf word _cleanup_buf_ = WLS_BUF_INIT;
	for (size_t i = 0; i < text.len;) {
		size_t begin = i;
		while (i < text.len && !is_blank(text.ptr[i]))
			i++;
		struct wls_slice raw = wls_slice(text.ptr + begin, i - begin);
		wls_buf_clear(&word);
		if (decode)
			wls_marker_add_decoded(&word, raw);
		else
			wls_buf_add_slice(&word, raw);
		wls_utf8_add_folded_name(out, wls_buf_slice(&word));
		wls_buf_add_char(out, ' ');
		while (i < text.len && is_blank(text.ptr[i]))
			i++;
	}
}

/* What a name may go on with; a blank may stand for a hyphen only inside of the id looked for. */
static bool goes_on(struct wls_slice text, size_t i)
{
	if (i >= text.len)
		return false;
	char c = text.ptr[i];
	if (c == '-') /* of `-->` */
		return !(i + 1 < text.len && (text.ptr[i + 1] == '>' || text.ptr[i + 1] == '&'));
	return wls_is_alnum(c) || (unsigned char)c >= 0x80 || strchr("._/+:@%#", c);
}

/* Whether the folded id stands at `i`, and ends there. */
static bool id_at(struct wls_slice text, size_t i, struct wls_slice id)
{
	size_t n = 0;
	while (n < id.len && i + n < text.len &&
	       (text.ptr[i + n] == id.ptr[n] || (text.ptr[i + n] == ' ' && id.ptr[n] == '-')))
		n++;
	return n == id.len && !goes_on(text, i + n);
}

static size_t skip(struct wls_slice text, size_t i, const char *signs)
{
	while (i < text.len && text.ptr[i] != '\0' && strchr(signs, text.ptr[i]))
		i++;
	return i;
}

static bool words_name(struct wls_slice text, struct wls_slice id)
{
	for (size_t i = 0; i + 2 < text.len; i++) {
		if (text.ptr[i] != 'i' || text.ptr[i + 1] != 'd' ||
		    (i > 0 && wls_is_alnum(text.ptr[i - 1])))
			continue;
		size_t sign = skip(text, i + 2, " ");
		if (sign == text.len || text.ptr[sign] != '=')
			continue;
		size_t value = skip(text, sign + 1, " \"'`");
		if (id_at(text, value, id))
			return true;
		i = sign;
	}
	return false;
}

static bool line_names(struct wls_slice line, struct wls_slice id)
{
	struct wls_buf words _cleanup_buf_ = WLS_BUF_INIT;
	for (int decode = 0; decode < 2; decode++) {
		wls_buf_clear(&words);
		add_folded_words(&words, line, decode);
		if (words_name(wls_buf_slice(&words), id))
			return true;
	}
	return false;
}

static bool is_marker_like(struct wls_slice line)
{
	return wls_slice_find(line, WLS_SLICE("wlsync:")) != SIZE_MAX ||
	       wls_slice_find(line, WLS_SLICE("<!-- wlsync")) != SIZE_MAX;
}

bool wls_body_names(struct wls_slice body, struct wls_slice id)
{
	struct wls_buf folded _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice line;
	if (wls_slice_find(body, WLS_SLICE("wlsync")) == SIZE_MAX)
		return false;
	wls_utf8_add_folded_name(&folded, id);
	while (wls_slice_next_line(&body, &line)) {
		if (!is_marker_like(line))
			continue;
		/* One that was wrapped goes on in the next line. */
		struct wls_slice rest = body, more;
		if (wls_slice_find(line, WLS_SLICE("-->")) == SIZE_MAX &&
		    wls_slice_next_line(&rest, &more))
			line.len = (size_t)(more.ptr + more.len - line.ptr);
		if (folded.len > 0 && line_names(line, wls_buf_slice(&folded)))
			return true;
	}
	return false;
}
