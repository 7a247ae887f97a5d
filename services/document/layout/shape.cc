#include "services/document/layout/shape.h"

#include <hb.h>

#include <algorithm>
#include <map>

namespace staraction::document {
namespace {

constexpr char kGeta[] = "〓";

double Points(int pango_units) {
  return static_cast<double>(pango_units) / PANGO_SCALE;
}

bool IsVariationSelector(gunichar point) {
  return (point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xe0100 && point <= 0xe01ef);
}

std::shared_ptr<PangoAttrList> Attributes(const Runs& runs, const TextStyle& style) {
  std::shared_ptr<PangoAttrList> list(pango_attr_list_new(), pango_attr_list_unref);
  pango_attr_list_insert(list.get(), pango_attr_family_new(style.family.c_str()));
  pango_attr_list_insert(list.get(),
                         pango_attr_size_new(static_cast<int>(style.size * PANGO_SCALE)));
  pango_attr_list_insert(list.get(), pango_attr_language_new(pango_language_from_string("ja")));
  guint begin = 0;
  for (const Run& run : runs) {
    const guint end = begin + static_cast<guint>(run.text.size());
    if (run.strong || style.bold) {
      PangoAttribute* bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
      bold->start_index = begin;
      bold->end_index = end;
      pango_attr_list_insert(list.get(), bold);
    }
    begin = end;
  }
  return list;
}

// Shapes one text; finds the code points that no font has.
class Shaper {
 public:
  Shaper(PangoContext* context, const Runs& runs, const TextStyle& style)
      : context_(context), style_(style), attributes_(Attributes(runs, style)) {
    for (const Run& run : runs) {
      shaped_.text += run.text;
      run_ends_.push_back(shaped_.text.size());
    }
  }

  ShapedText Make(MissingGlyphs& unknown) {
    if (shaped_.text.empty()) return std::move(shaped_);
    const char* text = shaped_.text.c_str();
    const int length = static_cast<int>(shaped_.text.size());
    breaks_.resize(static_cast<size_t>(g_utf8_strlen(text, length)) + 1);
    pango_get_log_attrs(text, length, -1, pango_language_from_string("ja"), breaks_.data(),
                        static_cast<int>(breaks_.size()));
    GList* items = pango_itemize_with_base_dir(context_, PANGO_DIRECTION_LTR, text, 0, length,
                                               attributes_.get(), nullptr);
    for (GList* entry = items; entry != nullptr; entry = entry->next) {
      auto* item = static_cast<PangoItem*>(entry->data);
      AddItem(item, unknown);
      pango_item_free(item);
    }
    g_list_free(items);
    return std::move(shaped_);
  }

 private:
  void AddItem(PangoItem* item, MissingGlyphs& unknown) {
    PangoGlyphItem glyph_item = {};
    glyph_item.item = item;
    glyph_item.glyphs = pango_glyph_string_new();
    pango_shape_with_flags(shaped_.text.c_str() + item->offset, item->length, shaped_.text.c_str(),
                           static_cast<int>(shaped_.text.size()), &item->analysis,
                           glyph_item.glyphs, PANGO_SHAPE_NONE);
    shaped_.fonts.emplace_back(PANGO_FONT(g_object_ref(item->analysis.font)), g_object_unref);
    PangoGlyphItemIter iter;
    for (gboolean more = pango_glyph_item_iter_init_start(&iter, &glyph_item, shaped_.text.c_str());
         more; more = pango_glyph_item_iter_next_cluster(&iter)) {
      AddCluster(iter, glyph_item.glyphs, unknown);
    }
    chars_before_ += static_cast<size_t>(item->num_chars);
    pango_glyph_string_free(glyph_item.glyphs);
  }

  void AddCluster(const PangoGlyphItemIter& iter, PangoGlyphString* glyphs,
                  MissingGlyphs& unknown) {
    Cluster cluster;
    cluster.byte_begin = static_cast<size_t>(iter.start_index);
    cluster.byte_end = static_cast<size_t>(iter.end_index);
    cluster.font = shaped_.fonts.size() - 1;
    while (run_ends_[run_] <= cluster.byte_begin) ++run_;
    cluster.run = run_;
    cluster.glyph_begin = shaped_.glyphs.size();
    Atom atom;
    // In right-to-left text the range runs backwards.
    const int first = std::min(iter.start_glyph, iter.end_glyph + 1);
    const int last = std::max(iter.start_glyph + 1, iter.end_glyph);
    for (int i = first; i < last; ++i) {
      const PangoGlyphInfo& info = glyphs->glyphs[i];
      if ((info.glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0) {
        unknown.insert(static_cast<char32_t>(info.glyph & ~PANGO_GLYPH_UNKNOWN_FLAG));
      } else if (info.glyph != PANGO_GLYPH_EMPTY) {
        shaped_.glyphs.push_back({info.glyph, atom.advance + Points(info.geometry.x_offset),
                                  Points(info.geometry.y_offset)});
      }
      atom.advance += Points(info.geometry.width);
    }
    cluster.glyph_end = shaped_.glyphs.size();
    ReadCharacters(cluster, atom, unknown);
    atom.char_class = ClassOf(atom.first);
    atom.em = style_.size;
    atom.may_break =
        breaks_[chars_before_ + static_cast<size_t>(iter.start_char)].is_line_break != 0;
    shaped_.atoms.push_back(atom);
    shaped_.clusters.push_back(cluster);
  }

  void ReadCharacters(const Cluster& cluster, Atom& atom, MissingGlyphs& unknown) {
    const char* end = shaped_.text.c_str() + cluster.byte_end;
    for (const char* c = shaped_.text.c_str() + cluster.byte_begin; c < end;
         c = g_utf8_next_char(c)) {
      const gunichar point = g_utf8_get_char(c);
      if (atom.first == 0) atom.first = point;
      if (IsVariationSelector(point)) {
        hb_codepoint_t glyph = 0;
        hb_font_t* font = pango_font_get_hb_font(shaped_.fonts[cluster.font].get());
        if (!hb_font_get_variation_glyph(font, atom.last, point, &glyph)) {
          unknown.insert(static_cast<char32_t>(point));
        }
      } else if (!g_unichar_ismark(point)) {
        atom.last = point;
      }
    }
    if (atom.last == 0) atom.last = atom.first;
  }

  PangoContext* context_;
  const TextStyle& style_;
  const std::shared_ptr<PangoAttrList> attributes_;
  ShapedText shaped_;
  std::vector<size_t> run_ends_;
  std::vector<PangoLogAttr> breaks_;
  size_t run_ = 0;
  size_t chars_before_ = 0;
};

// The runs with the given code points replaced by the printer's mark for a missing type. Variation
// selectors stay: the plain kanji is there.
Runs WithGeta(Runs runs, const MissingGlyphs& unknown) {
  for (Run& run : runs) {
    std::string text;
    for (const char* c = run.text.c_str(); *c != '\0'; c = g_utf8_next_char(c)) {
      const gunichar point = g_utf8_get_char(c);
      const bool replace =
          unknown.count(static_cast<char32_t>(point)) > 0 && !IsVariationSelector(point);
      text += replace ? std::string(kGeta)
                      : std::string(c, static_cast<size_t>(g_utf8_next_char(c) - c));
    }
    run.text = text;
  }
  return runs;
}

// The runs of each line between forced breaks.
std::vector<Runs> Split(const Runs& runs) {
  std::vector<Runs> lines(1);
  for (const Run& run : runs) {
    size_t begin = 0;
    for (size_t end = run.text.find('\n');; end = run.text.find('\n', begin)) {
      Run piece = run;
      piece.text = run.text.substr(begin, end == std::string::npos ? end : end - begin);
      lines.back().push_back(std::move(piece));
      if (end == std::string::npos) break;
      lines.emplace_back();
      begin = end + 1;
    }
  }
  return lines;
}

}  // namespace

std::vector<ShapedText> Shape(PangoContext* context, const Runs& runs, const TextStyle& style,
                              MissingGlyphs& missing) {
  std::vector<ShapedText> texts;
  for (const Runs& line : Split(runs)) {
    MissingGlyphs unknown;
    ShapedText shaped = Shaper(context, line, style).Make(unknown);
    if (!unknown.empty()) {
      missing.insert(unknown.begin(), unknown.end());
      MissingGlyphs ignored;
      shaped = Shaper(context, WithGeta(line, unknown), style).Make(ignored);
    }
    shaped.runs = line;
    for (size_t i = 0; i + 1 < shaped.atoms.size(); ++i) shaped.atoms[i].advance += style.tracking;
    texts.push_back(std::move(shaped));
  }
  return texts;
}

}  // namespace staraction::document
