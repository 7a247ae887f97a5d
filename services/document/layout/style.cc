#include "services/document/layout/style.h"

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "services/document/layout/font_library.h"

namespace staraction::document {
namespace {

StyleSheet MakeStyle(const std::string& body_family) {
  const std::string gothic = kGothic;
  StyleSheet style;
  style.title = {gothic, 18, 30, true, 1.0, {}};
  style.heading[0] = {gothic, 13, 22, true, 0, {}};
  style.heading[1] = {gothic, 11.5, 20, true, 0, {}};
  style.heading[2] = {gothic, 10.5, 19, true, 0, {}};
  style.article = {gothic, 10.5, 19, true, 0, {}};
  style.body = {body_family, 10.5, 19, false, 0, {}};
  style.note = {body_family, 9, 15, false, 0, {0.2, 0.2, 0.2}};
  style.addressee = {body_family, 12, 21, false, 0, {}};
  style.large = {gothic, 17, 28, true, 0, {}};
  style.small = {body_family, 8, 12, false, 0, {0.2, 0.2, 0.2}};
  style.cell = {body_family, 9.5, 15, false, 0, {}};
  style.cell_header = {gothic, 9, 15, true, 0, {}};
  style.form_key = {gothic, 9, 15, false, 0, {}};
  style.form_value = {body_family, 10, 15, false, 0, {}};
  style.signature_label = {gothic, 10, 18, false, 0, {}};
  style.signature = {body_family, 11.5, 18, false, 0, {}};
  style.running = {gothic, 8, 12, false, 0, {0.35, 0.35, 0.35}};
  return style;
}

StyleSheet MakeLetterStyle() {
  StyleSheet style = MakeStyle(kMincho);
  style.title.size = 20;
  style.title.line_height = 36;
  style.body.size = 11.5;
  style.body.line_height = 22;
  style.addressee.size = 13;
  style.addressee.line_height = 24;
  style.signature.size = 13;
  style.paragraph_space = 9;
  style.item_space = 4;
  style.signature_row = 38;
  return style;
}

StyleSheet MakeCompactStyle() {
  StyleSheet style = MakeStyle(kMincho);
  style.body.size = 9.5;
  style.body.line_height = 14.5;
  style.paragraph_space = 4;
  style.item_space = 0.5;
  return style;
}

StyleSheet MakeLedgerStyle() {
  StyleSheet style = Scaled(MakeStyle(kGothic), 0.72);
  style.title.size = 14;
  style.title.line_height = 22;
  style.cell.size = style.cell_header.size = 6.6;
  style.cell.line_height = style.cell_header.line_height = 9.2;
  style.scale = 0.5;
  return style;
}

StyleSheet MakePosterStyle() {
  StyleSheet style = Scaled(MakeStyle(kGothic), 2.2);
  style.title.size = 52;
  style.title.line_height = 76;
  style.heading[0].size = 30;
  style.heading[0].line_height = 44;
  style.running = MakeStyle(kGothic).running;
  return style;
}

}  // namespace

StyleSheet Scaled(StyleSheet style, double factor) {
  for (TextStyle* text : {&style.title, &style.heading[0], &style.heading[1], &style.heading[2],
                          &style.article, &style.body, &style.note, &style.addressee, &style.large,
                          &style.small, &style.cell, &style.cell_header, &style.form_key,
                          &style.form_value, &style.signature_label, &style.signature}) {
    text->size *= factor;
    text->line_height *= factor;
    text->tracking *= factor;
  }
  for (double* length :
       {&style.paragraph_space, &style.item_space, &style.signature_row, &style.scale}) {
    *length *= factor;
  }
  return style;
}

absl::StatusOr<StyleSheet> FindStyle(const std::string& name) {
  if (name.empty() || name == "formal") return MakeStyle(kMincho);
  if (name == "letter") return MakeLetterStyle();
  if (name == "plain") return MakeStyle(kGothic);
  if (name == "compact") return MakeCompactStyle();
  if (name == "ledger") return MakeLedgerStyle();
  if (name == "poster") return MakePosterStyle();
  return InvalidField("style", absl::StrCat("there is no style sheet '", name, "'"),
                      absl::StrCat("スタイル「", name, "」はありません"));
}

}  // namespace staraction::document
