// Forms, tables, charts, and blocks that hold blocks.

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/document/model/resolver.h"

namespace staraction::document {
namespace {

constexpr size_t kMaxPayload = 400;

std::string PlainText(const Runs& runs) {
  std::string text;
  for (const Run& run : runs) {
    if (!run.unresolved) text += run.text;
  }
  return text;
}

}  // namespace

void Resolver::Table(const v1::Table& table, const std::string& path) {
  if (table.columns().empty()) Violate(path + ".columns", "is empty", "列がありません");
  TablePart part;
  part.id = table.id();
  part.caption = Text(table.caption(), path + ".caption");
  part.label = references_.Label(&table);
  part.row_height_mm = std::max(0.0, table.row_height_mm());
  for (int i = 0; i < table.columns_size(); ++i) {
    const v1::Column& column = table.columns(i);
    part.columns.push_back({Text(column.header(), absl::StrCat(path, ".columns[", i, "].header")),
                            std::max(1, column.width()), column.alignment()});
  }
  for (int r = 0; r < table.rows_size(); ++r) {
    const std::string here = absl::StrCat(path, ".rows[", r, "]");
    auto& row = part.rows.emplace_back();
    int covered = 0;
    for (int c = 0; c < table.rows(r).cells_size(); ++c) {
      const v1::Cell& cell = table.rows(r).cells(c);
      const int span = std::max(1, cell.column_span());
      row.push_back({Text(cell.inlines(), absl::StrCat(here, ".cells[", c, "].inlines")), span});
      covered += span;
    }
    if (covered > table.columns_size()) {
      Violate(
          here, absl::StrCat("covers ", covered, " columns of ", table.columns_size()),
          absl::StrCat("列数", table.columns_size(), "に対してセルが", covered, "列分あります"));
    }
    for (; covered < table.columns_size(); ++covered) row.emplace_back();
  }
  parts_.emplace_back(std::move(part));
}

void Resolver::Form(const v1::KeyValue& form, const std::string& path) {
  FormPart part;
  if (form.key_percent() > 0) part.key_percent = std::clamp(form.key_percent(), 5, 80);
  part.columns = std::clamp(form.columns(), 1, 2);
  for (int i = 0; i < form.rows_size(); ++i) {
    const v1::KeyValueRow& row = form.rows(i);
    const std::string here = absl::StrCat(path, ".rows[", i, "]");
    Runs value = Text(row.value(), here + ".value");
    if (row.optional() && value.empty()) continue;
    part.rows.push_back({Text(row.key(), here + ".key"), std::move(value),
                         Text(row.note(), here + ".note"), std::max(0.0, row.height_mm())});
  }
  parts_.emplace_back(std::move(part));
}

void Resolver::Signature(const v1::SignatureBox& box, const std::string& path) {
  SignaturePart part;
  part.date = Text(box.date(), path + ".date");
  for (int i = 0; i < box.lines_size(); ++i) {
    const v1::SignatureLine& line = box.lines(i);
    part.lines.push_back({Clean(line.label()),
                          Text(line.inlines(), absl::StrCat(path, ".lines[", i, "].inlines")),
                          line.seal()});
  }
  part.code = Qr(box.code(), path + ".code");
  parts_.emplace_back(std::move(part));
}

QrPart Resolver::Qr(const v1::QrCode& code, const std::string& path) {
  QrPart part;
  part.payload = PlainText(Text(code.payload(), path + ".payload"));
  if (part.payload.size() > kMaxPayload) {
    Violate(path + ".payload",
            absl::StrCat("has ", part.payload.size(), " bytes, at most ", kMaxPayload),
            absl::StrCat("QRコードの内容は", kMaxPayload, "バイトまでです"));
  }
  if (code.size_mm() > 0) part.size_mm = std::clamp(code.size_mm(), 10.0, 80.0);
  part.caption = Text(code.caption(), path + ".caption");
  part.alignment = code.alignment();
  return part;
}

void Resolver::Seals(const v1::SealBoxes& boxes) {
  SealBoxesPart part;
  for (const std::string& label : boxes.labels()) part.labels.push_back(Clean(label));
  if (boxes.size_mm() > 0) part.size_mm = std::clamp(boxes.size_mm(), 10.0, 40.0);
  parts_.emplace_back(std::move(part));
}

std::vector<Part> Resolver::Nested(const Blocks& blocks, const std::string& path) {
  for (int i = 0; i < blocks.size(); ++i) {
    if (!blocks[i].has_page_break() && !blocks[i].has_slips() && !blocks[i].has_columns()) continue;
    Violate(absl::StrCat(path, "[", i, "]"), "cannot stand inside of another block",
            "このブロックは入れ子にできません");
    return {};
  }
  return Parts(blocks, path);
}

void Resolver::NestColumns(const v1::Columns& columns, const std::string& path) {
  ColumnsPart part;
  if (columns.columns().empty()) Violate(path + ".columns", "is empty", "列がありません");
  for (int i = 0; i < columns.columns_size(); ++i) {
    const v1::ColumnOfBlocks& column = columns.columns(i);
    part.columns.push_back(
        {std::max(1, column.width()),
         Nested(column.blocks(), absl::StrCat(path, ".columns[", i, "].blocks"))});
  }
  parts_.emplace_back(std::move(part));
}

void Resolver::NestSlips(const v1::Slips& slips, const std::string& path) {
  SlipsPart part;
  if (slips.height_mm() > 0) part.height_mm = slips.height_mm();
  for (int i = 0; i < slips.slips_size(); ++i) {
    const std::string here = absl::StrCat(path, ".slips[", i, "]");
    part.slips.push_back({Nested(slips.slips(i).blocks(), here + ".blocks"),
                          Qr(slips.slips(i).code(), here + ".code")});
  }
  parts_.emplace_back(std::move(part));
}

void Resolver::FormBlock(const v1::Block& block, const std::string& path) {
  switch (block.kind_case()) {
    case v1::Block::kTable:
      return Table(block.table(), path + ".table");
    case v1::Block::kSignatureBox:
      return Signature(block.signature_box(), path + ".signature_box");
    case v1::Block::kKeyValue:
      return Form(block.key_value(), path + ".key_value");
    case v1::Block::kQrCode:
      parts_.emplace_back(Qr(block.qr_code(), path + ".qr_code"));
      return;
    case v1::Block::kColumns:
      return NestColumns(block.columns(), path + ".columns");
    case v1::Block::kSlips:
      return NestSlips(block.slips(), path + ".slips");
    case v1::Block::kSealBoxes:
      return Seals(block.seal_boxes());
    default:
      ChartBlock(block, path);
  }
}

}  // namespace staraction::document
