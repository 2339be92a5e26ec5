/* SPDX-License-Identifier: MIT */
/*
 * Cutting an own text into atoms: the line around its value.
 *
 * Layer: merge. Includes: base, doc, merge.
 *
 * The problem: `- [HIGH] Configure the webhook ✅` holds four things that two people may change
 * without meeting: bullet, priority, text, marker. The merge must see them apart, and every byte
 * must belong to one of them.
 *
 * The idea: walk the text from front to back and add atoms; whatever stands between two of them
 * (blanks, `|`, `,`) is the later one's gap. Gaps and bytes tile the text by construction. An atom
 * is known on another side by a hash of its class, its name (of a component, a list's element) and
 * how many like it stand before it.
 *
 * The bytes are read here, and not the node's slices, so that a merged text, for which there is no
 * node, can be cut the same way: own_text.c does that to prove its result. Only the label and the
 * keys come from the node.
 *
 * Complexity: O(n). What it does not do: inline structure.
 */
#include "merge/atoms.h"

#include "base/map.h"

enum { TAG_MAX = 24, BACK_MAX = 16 };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

struct wls_slice wls_cut_ltrim(struct wls_slice s)
{
	while (s.len > 0 && (is_blank(s.ptr[0]) || s.ptr[0] == '\n' || s.ptr[0] == '\r'))
		s = wls_slice_from(s, 1);
	return s;
}

void wls_cut_add(struct wls_cut *cut, enum wls_atom_class class, struct wls_slice name,
		 struct wls_slice bytes)
{
	struct wls_atoms *out = cut->out;

	WLS_GROW(out->items, out->cap, out->count + 1);
	out->items[out->count++] = (struct wls_atom){
		.class = (uint8_t) class,
		.part = cut->index,
		.name = name,
		.gap = wls_slice(cut->at, (size_t)(bytes.ptr - cut->at)),
		.bytes = bytes,
	};
	cut->at = bytes.ptr + bytes.len;
}

static void add(struct wls_cut *cut, enum wls_atom_class class, struct wls_slice s, size_t len)
{
	wls_cut_add(cut, class, wls_slice(NULL, 0), wls_slice(s.ptr, len));
}

/* ---- small things at either end ---- */

size_t wls_cut_mark_at_end(struct wls_slice s)
{
	enum { MARK_MAX = 24, MARK_MIN = 3 };
	size_t found = 0, len;

	if (s.len == 0 || (signed char)s.ptr[s.len - 1] >= 0)
		return 0;
	for (size_t n = MARK_MIN; n <= s.len && n <= MARK_MAX; n++)
		if (wls_mark_at(wls_slice_from(s, s.len - n), &len, NULL) != WLS_MARK_NONE &&
		    len == n)
			found = n;
	return found;
}

/* `a` in lower case without blanks, '-' and '_' equals `word`. */
static bool tag_is(struct wls_slice a, const char *word)
{
	size_t i = 0;

	for (; a.len > 0; a = wls_slice_from(a, 1)) {
		if (is_blank(a.ptr[0]) || a.ptr[0] == '-' || a.ptr[0] == '_')
			continue;
		if (word[i] == '\0' || wls_lower(a.ptr[0]) != word[i++])
			return false;
	}
	return word[i] == '\0';
}

/* What the words of a tag are; false when they mean nothing to us. */
static bool tag_class(struct wls_slice word, enum wls_atom_class *class, struct wls_slice *name)
{
	static const struct {
		const char *word;
		enum wls_atom_class class;
		struct wls_slice name;
	} tags[] = {
		{"high", WLS_ATOM_PRIORITY, {NULL, 0}},
		{"med", WLS_ATOM_PRIORITY, {NULL, 0}},
		{"medium", WLS_ATOM_PRIORITY, {NULL, 0}},
		{"low", WLS_ATOM_PRIORITY, {NULL, 0}},
		{"blocked", WLS_ATOM_TAG, {"blocked", 7}},
		{"needsreview", WLS_ATOM_TAG, {"review", 6}},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(tags); i++) {
		if (!tag_is(word, tags[i].word))
			continue;
		*class = tags[i].class;
		*name = tags[i].name;
		return true;
	}
	return false;
}

size_t wls_cut_tag(struct wls_slice s, enum wls_atom_class *class, struct wls_slice *name)
{
	size_t bold = wls_slice_starts(s, WLS_SLICE("**[")) ? 2 : 0, i = 1;
	struct wls_slice tag = wls_slice_from(s, bold);

	if (tag.len < 3 || tag.ptr[0] != '[')
		return 0;
	while (i < tag.len && i < TAG_MAX && tag.ptr[i] != ']')
		i++;
	if (i >= tag.len || tag.ptr[i] != ']' || (i + 1 < tag.len && tag.ptr[i + 1] == '('))
		return 0; /* none, or a link */
	if (bold && !wls_slice_starts(wls_slice_from(tag, i + 1), WLS_SLICE("**")))
		return 0;
	return tag_class(wls_slice(tag.ptr + 1, i - 1), class, name) ? i + 1 + 2 * bold : 0;
}

static size_t tag_at_end(struct wls_slice s, enum wls_atom_class *class, struct wls_slice *name)
{
	bool bold = wls_slice_ends_nocase(s, WLS_SLICE("]**"));

	if (s.len == 0 || (s.ptr[s.len - 1] != ']' && !bold))
		return 0;
	for (size_t n = 3; n <= TAG_MAX + 6 && n <= s.len; n++) {
		struct wls_slice tag = wls_slice_from(s, s.len - n);

		if (tag.ptr[0] == (bold ? '*' : '[') && wls_cut_tag(tag, class, name) == n)
			return n;
	}
	return 0;
}

static size_t checkbox_at(struct wls_slice s)
{
	if (s.len < 3 || s.ptr[0] != '[' || s.ptr[2] != ']' || !memchr(" xX", s.ptr[1], 3))
		return 0;
	return s.len == 3 || is_blank(s.ptr[3]) ? 3 : 0;
}

/* Indentation and container prefixes at the start of a line, and the bullet after them. */
size_t wls_cut_bullet(struct wls_slice s)
{
	size_t i = 0, digits;

	while (i < s.len && (is_blank(s.ptr[i]) || s.ptr[i] == '>'))
		i++;
	if (i + 1 < s.len && memchr("-*+", s.ptr[i], 3) && is_blank(s.ptr[i + 1]))
		return i + 1;
	for (digits = i; digits < s.len && wls_is_digit(s.ptr[digits]); digits++)
		;
	if (digits > i && digits + 1 < s.len && memchr(".)", s.ptr[digits], 2) &&
	    is_blank(s.ptr[digits + 1]))
		return digits + 1;
	return i;
}

/* ---- texts ---- */

struct wls_slice wls_cut_front(struct wls_cut *cut, struct wls_slice s)
{
	bool checkbox = cut->part->kind == WLS_NODE_ITEM;

	for (;;) {
		enum wls_atom_class class = WLS_ATOM_MARK;
		struct wls_slice name = {0};
		size_t len;

		s = wls_cut_ltrim(s);
		if (wls_mark_at(s, &len, NULL) != WLS_MARK_NONE) {
			class = WLS_ATOM_MARK;
		} else if (checkbox && (len = checkbox_at(s)) > 0) {
			class = WLS_ATOM_CHECKBOX;
			checkbox = false;
		} else if ((len = wls_cut_tag(s, &class, &name)) == 0) {
			return s;
		}
		wls_cut_add(cut, class, name, wls_slice(s.ptr, len));
		s = wls_slice_from(s, len);
	}
}

/* Where a marker stands within a text: before the parenthesis that ends it, else the last one. */
static bool inner_mark(struct wls_slice s, struct wls_slice *mark)
{
	size_t open = s.len, depth = 0, len, best = 0;

	for (size_t i = s.len; i > 0 && s.ptr[s.len - 1] == ')'; i--) {
		depth += s.ptr[i - 1] == ')';
		if (s.ptr[i - 1] == '(' && --depth == 0) {
			open = i - 1;
			break;
		}
	}
	struct wls_slice before = wls_slice_trim(wls_slice(s.ptr, open));
	len = open < s.len ? wls_cut_mark_at_end(before) : 0;
	if (len > 0) {
		*mark = wls_slice_from(before, before.len - len);
		return true;
	}
	for (size_t i = 0; i < s.len; i++) {
		if ((signed char)s.ptr[i] >= 0 ||
		    wls_mark_at(wls_slice_from(s, i), &len, NULL) == WLS_MARK_NONE)
			continue;
		best = len;
		*mark = wls_slice(s.ptr + i, len);
		i += len - 1;
	}
	return best > 0;
}

/* Whether what the part is about can be how far along: an item or phase on one line. */
static bool is_measured(const struct wls_part *part, struct wls_slice s)
{
	return (part->kind == WLS_NODE_ITEM || part->key == WLS_KEY_PHASE) && s.len > 0 &&
	       !memchr(s.ptr, '\n', s.len);
}

/* Bytes of the percentage, a word of its own, at the end of `s` but for blanks; or 0. */
static size_t percent_at_end(struct wls_slice s)
{
	size_t end = s.len, i;

	while (end > 0 && is_blank(s.ptr[end - 1]))
		end--;
	if (end == 0 || s.ptr[end - 1] != '%')
		return 0;
	for (i = end - 1; i > 0 && (wls_is_digit(s.ptr[i - 1]) || s.ptr[i - 1] == '.'); i--)
		;
	if (i + 1 == end || !wls_is_digit(s.ptr[i]) || (i > 0 && !is_blank(s.ptr[i - 1])))
		return 0;
	return s.len - i;
}

/* Text, with the marker that stands in it when it is measured. */
static void add_text(struct wls_cut *cut, struct wls_slice s)
{
	struct wls_slice mark, rest;

	if (s.len == 0)
		return;
	if (!is_measured(cut->part, s) || !inner_mark(s, &mark)) {
		add(cut, WLS_ATOM_TEXT, s, s.len);
		return;
	}
	rest = wls_slice(s.ptr, (size_t)(mark.ptr - s.ptr));
	size_t percent = percent_at_end(rest);
	mark = wls_slice(mark.ptr - percent, mark.len + percent);
	rest = wls_slice_trim(wls_slice(s.ptr, rest.len - percent));
	if (rest.len > 0)
		add(cut, WLS_ATOM_TEXT, rest, rest.len);
	add(cut, WLS_ATOM_MARK, mark, mark.len);
	rest = wls_slice(mark.ptr + mark.len, (size_t)(s.ptr + s.len - mark.ptr) - mark.len);
	rest = wls_slice_trim(rest);
	if (rest.len > 0)
		wls_cut_add(cut, WLS_ATOM_TEXT, WLS_SLICE("tail"), rest);
}

static bool is_struck(struct wls_slice s)
{
	return s.len >= 5 && wls_slice_starts(s, WLS_SLICE("~~")) &&
	       wls_slice_find(wls_slice_from(s, 2), WLS_SLICE("~~")) == s.len - 4;
}

/*
 * Bytes of what ends `s` and is no text, or 0. `70% 🔄` is one value, a marker: then ✅ in its place
 * is further along. A percentage without a marker may be anything, and stands for itself.
 */
static size_t atom_at_end(const struct wls_part *part, struct wls_slice s,
			  enum wls_atom_class *class, struct wls_slice *name)
{
	size_t len = wls_cut_mark_at_end(s);

	*class = WLS_ATOM_MARK;
	*name = (struct wls_slice){0};
	if (len > 0)
		return is_measured(part, s) ? len + percent_at_end(wls_slice(s.ptr, s.len - len))
					    : len;
	if (is_measured(part, s) && (len = percent_at_end(s)) > 0) {
		*class = WLS_ATOM_PERCENT;
		return len;
	}
	return tag_at_end(s, class, name);
}

void wls_cut_text(struct wls_cut *cut, struct wls_slice s)
{
	struct wls_atom back[BACK_MAX];
	size_t count = 0;

	s = wls_slice_trim(wls_cut_front(cut, s));
	while (count < BACK_MAX) {
		enum wls_atom_class class;
		struct wls_slice name;
		size_t len = atom_at_end(cut->part, s, &class, &name);

		if (len == 0)
			break;
		back[count++] = (struct wls_atom){
			.class = (uint8_t) class,
			.name = name,
			.bytes = wls_slice_from(s, s.len - len),
		};
		s = wls_slice_trim(wls_slice(s.ptr, s.len - len));
	}
	if (is_struck(s)) {
		add(cut, WLS_ATOM_STRIKE_OPEN, s, 2);
		add_text(cut, wls_slice_trim(wls_slice(s.ptr + 2, s.len - 4)));
		add(cut, WLS_ATOM_STRIKE_CLOSE, wls_slice_from(s, s.len - 2), 2);
	} else {
		add_text(cut, s);
	}
	while (count-- > 0)
		wls_cut_add(cut, back[count].class, back[count].name, back[count].bytes);
}

/* ---- lines ---- */

size_t wls_cut_label(struct wls_slice s, struct wls_slice label)
{
	size_t found = label.len > 0 ? wls_slice_find(s, label) : SIZE_MAX, i;
	bool bold = false, colon = false;

	/* Emoji and emphasis may stand before it, and nothing else. */
	if (found == SIZE_MAX || found > 32)
		return 0;
	for (i = 0; i < found; i++)
		if (wls_is_alnum(s.ptr[i]) || s.ptr[i] == '\n')
			return 0;
	for (i = found + label.len; i < s.len;) {
		struct wls_slice rest = wls_slice_from(s, i);
		bool wide = wls_slice_starts(rest, WLS_SLICE("\xEF\xBC\x9A"));

		if (!bold && wls_slice_starts(rest, WLS_SLICE("**"))) {
			bold = true;
			i += 2;
		} else if (!colon && (wide || s.ptr[i] == ':')) {
			colon = true;
			i += wide ? 3 : 1;
		} else {
			break;
		}
	}
	return i;
}

static void cut_line(struct wls_cut *cut, struct wls_slice s)
{
	size_t len = wls_cut_bullet(s);

	add(cut, WLS_ATOM_LEAD, s, len);
	s = wls_slice_from(s, len);
	s = cut->part->kind == WLS_NODE_ITEM ? wls_cut_front(cut, s) : wls_cut_ltrim(s);
	len = wls_cut_label(s, cut->part->label);
	if (len > 0)
		add(cut, WLS_ATOM_LABEL, s, len);
	wls_cut_value(cut, wls_slice_trim(wls_slice_from(s, len)));
}

static void cut_heading(struct wls_cut *cut, struct wls_slice s)
{
	size_t i = wls_cut_bullet(s);

	while (i < s.len && s.ptr[i] == '#')
		i++;
	add(cut, WLS_ATOM_LEAD, s, i);
	wls_cut_heading(cut, wls_slice_trim(wls_slice_from(s, i)));
}

/* Where the last atom begins: line ending, closing hashes, the underline of a heading. */
static size_t find_end(const struct wls_part *part)
{
	struct wls_slice s = part->bytes;
	size_t end = s.len;
	bool heading = part->kind == WLS_NODE_ENTRY || part->kind == WLS_NODE_SECTION ||
		       part->kind == WLS_NODE_TITLE || part->kind == WLS_NODE_HEADING;

	if (end > 0 && s.ptr[end - 1] == '\n')
		end--;
	if (end > 0 && end < s.len && s.ptr[end - 1] == '\r')
		end--;
	if (!heading)
		return end;
	const char *line = end > 0 ? memchr(s.ptr, '\n', end) : NULL;
	if (line)
		end = (size_t)(line - s.ptr) - (line > s.ptr && line[-1] == '\r');
	size_t hash = end;
	while (hash > 0 && is_blank(s.ptr[hash - 1]))
		hash--;
	size_t open = hash;
	while (open > 0 && s.ptr[open - 1] == '#')
		open--;
	return open > 0 && open < hash && is_blank(s.ptr[open - 1]) ? open : end;
}

static void cut_part(struct wls_cut *cut, bool last)
{
	const struct wls_part *part = cut->part;
	struct wls_slice s = part->bytes;
	size_t end = last ? find_end(part) : s.len;

	s.len = end;
	while (!last && s.len > 0) {
		/* What parts it from the next field is that one's gap. */
		if (memchr(" \t|\r\n", s.ptr[s.len - 1], 5))
			s.len--;
		else if (wls_slice_ends_nocase(s, WLS_SLICE("\xC2\xB7")))
			s.len -= 2;
		else
			break;
	}
	switch (part->kind) {
	case WLS_NODE_ENTRY:
	case WLS_NODE_SECTION:
	case WLS_NODE_TITLE:
		cut_heading(cut, s);
		break;
	case WLS_NODE_ROW:
		wls_cut_row(cut, s);
		break;
	case WLS_NODE_KEY:
		wls_cut_frontmatter(cut, s);
		break;
	default:
		cut_line(cut, s);
		break;
	}
	if (last)
		wls_cut_add(cut, WLS_ATOM_END, wls_slice(NULL, 0),
			    wls_slice_from(part->bytes, end));
}

/* ---- identities ---- */

static uint64_t mix_number(uint64_t seed, uint64_t number)
{
	char bytes[sizeof(number)];

	memcpy(bytes, &number, sizeof(number));
	return wls_hash_mix(seed, wls_slice(bytes, sizeof(bytes)));
}

static uint64_t scope_of(const struct wls_part *part)
{
	if (part->kind != WLS_NODE_FIELD)
		return 1;
	if (part->key != WLS_KEY_NONE && part->key != WLS_KEY_OTHER)
		return 2 + (uint64_t)part->key;
	return wls_hash(part->label);
}

/* How many of the atoms before `at` are the same; the ids are still those of all that are. */
static uint32_t count_before(const uint64_t *ids, size_t at)
{
	uint32_t n = 0;

	for (size_t i = 0; i < at; i++)
		n += ids[i] == ids[at];
	return n;
}

static uint32_t count_by_map(struct wls_map *map, const uint64_t *id)
{
	uint32_t *seen = wls_map_at(map, wls_slice((const char *)id, sizeof(*id)));

	*seen = *seen == WLS_MAP_NONE ? 0 : *seen + 1;
	return *seen;
}

/* Equal atoms of one side are told apart by their order. */
static void identify(struct wls_atoms *atoms, bool scoped)
{
	enum { FEW = 16 };
	bool many = atoms->count > FEW;
	struct wls_map map = {0};
	uint64_t few[FEW], *ids = many ? wls_alloc(atoms->count, sizeof(*ids)) : few;

	for (size_t i = 0; i < atoms->count; i++) {
		struct wls_atom *a = &atoms->items[i];
		uint64_t scope =
			scoped && a->class != WLS_ATOM_END ? scope_of(&atoms->parts[a->part]) : 0;

		ids[i] = wls_hash_mix(mix_number(scope, a->class), a->name);
		a->id = mix_number(ids[i],
				   many ? count_by_map(&map, &ids[i]) : count_before(ids, i));
	}
	wls_map_release(&map);
	if (many)
		free(ids);
}

void wls_atoms_cut(struct wls_atoms *out, const struct wls_part *parts, size_t count, bool scoped)
{
	*out = (struct wls_atoms){.parts = parts, .part_count = count};
	struct wls_cut cut = {.out = out, .at = count > 0 ? parts[0].bytes.ptr : NULL};

	for (size_t i = 0; i < count; i++) {
		cut.part = &parts[i];
		cut.index = (uint32_t)i;
		cut_part(&cut, i + 1 == count);
	}
	identify(out, scoped);
}

void wls_atoms_release(struct wls_atoms *atoms)
{
	free(atoms->items);
	*atoms = (struct wls_atoms){0};
}

bool wls_atoms_has(enum wls_node_kind kind)
{
	switch (kind) {
	case WLS_NODE_KEY:
	case WLS_NODE_TITLE:
	case WLS_NODE_ENTRY:
	case WLS_NODE_SECTION:
	case WLS_NODE_HANDOFF:
	case WLS_NODE_FIELD:
	case WLS_NODE_ITEM:
	case WLS_NODE_ROW:
		return true;
	default:
		return false;
	}
}
