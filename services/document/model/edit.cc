#include "services/document/model/edit.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/resource/fingerprint.h"
#include "common/seal/seal.h"

namespace staraction::document {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using v1::Block;
using v1::PartEdit;

// The message inside a block that may be edited; null for other kinds.
const Message* EditablePart(const Block& block) {
  switch (block.kind_case()) {
    case Block::kHeading:
      return &block.heading();
    case Block::kArticle:
      return &block.article();
    case Block::kParagraph:
      return &block.paragraph();
    case Block::kList:
      return &block.list();
    case Block::kTable:
      return &block.table();
    default:
      return nullptr;
  }
}

std::string IdOf(const Block& block) {
  const Message* part = EditablePart(block);
  if (part == nullptr) return "";
  return part->GetReflection()->GetString(*part, part->GetDescriptor()->FindFieldByName("id"));
}

Block WithId(Block block, const std::string& id) {
  auto* part = const_cast<Message*>(EditablePart(block));
  if (part != nullptr) {
    part->GetReflection()->SetString(part, part->GetDescriptor()->FindFieldByName("id"), id);
  }
  return block;
}

std::string DigestOf(const Block& block) {
  return Seal(DeterministicBytes(block));
}

// Calls `visit` with the message and every one inside of it.
void Walk(const Message& message, const std::function<void(const Message&)>& visit) {
  visit(message);
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> present;
  reflection->ListFields(message, &present);
  for (const auto* field : present) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      Walk(reflection->GetMessage(message, field), visit);
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      Walk(reflection->GetRepeatedMessage(message, field, i), visit);
    }
  }
}

bool HasTemplateParts(const Block& block) {
  bool found = false;
  Walk(block, [&found](const Message& message) {
    for (const char* name : {"repeat", "when", "unless"}) {
      const auto* field = message.GetDescriptor()->FindFieldByName(name);
      found = found || (field != nullptr && message.GetReflection()->HasField(message, field));
    }
  });
  return found;
}

bool IsPartId(const std::string& id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return absl::ascii_islower(byte) || absl::ascii_isdigit(byte) || c == '-';
  });
}

int FindBlock(const v1::BlockDocument& document, const std::string& id) {
  for (int i = 0; i < document.blocks_size(); ++i) {
    if (IdOf(document.blocks(i)) == id) return i;
  }
  return -1;
}

void InsertAfter(int place, Block block, v1::BlockDocument& document) {
  *document.add_blocks() = std::move(block);
  auto& blocks = *document.mutable_blocks();
  for (int i = document.blocks_size() - 1; i > place + 1; --i) blocks.SwapElements(i, i - 1);
}

// Of a part that the document has.
PartEdit::Fit Change(int place, PartEdit& edit, v1::BlockDocument& document) {
  const std::string digest = DigestOf(document.blocks(place));
  if (edit.template_digest().empty()) edit.set_template_digest(digest);
  if (edit.has_block()) {
    *document.mutable_blocks(place) = WithId(edit.block(), edit.id());
  } else {
    document.mutable_blocks()->DeleteSubrange(place, 1);
  }
  return edit.template_digest() == digest ? PartEdit::FIT_SAME : PartEdit::FIT_TEMPLATE_CHANGED;
}

PartEdit::Fit Add(const PartEdit& edit, v1::BlockDocument& document) {
  const int place = edit.after().empty() ? -1 : FindBlock(document, edit.after());
  if (place < 0 || !edit.has_block()) return PartEdit::FIT_PART_MISSING;
  InsertAfter(place, WithId(edit.block(), edit.id()), document);
  return PartEdit::FIT_SAME;
}

std::string PathOf(int part) {
  return absl::StrCat("edits.parts[", part, "]");
}

}  // namespace

v1::Edits MergeEdits(v1::Edits edits, const v1::Edits& further) {
  for (const auto& [code, value] : further.variables()) {
    if (value.empty()) {
      edits.mutable_variables()->erase(code);
    } else {
      (*edits.mutable_variables())[code] = value;
    }
  }
  for (const PartEdit& part : further.parts()) {
    const auto before = std::find_if(edits.mutable_parts()->begin(), edits.mutable_parts()->end(),
                                     [&](const PartEdit& each) { return each.id() == part.id(); });
    const bool known = before != edits.mutable_parts()->end();
    if (!part.has_block() && !part.removed()) {
      if (known) edits.mutable_parts()->erase(before);
      continue;
    }
    PartEdit& target = known ? *before : *edits.add_parts();
    // Whoever edits a part again has seen what the template says by now.
    target = part;
    target.clear_template_digest();
    target.clear_fit();
  }
  return edits;
}

void CheckParts(const v1::Edits& further, std::vector<Violation>& violations) {
  std::set<std::string> seen;
  for (int i = 0; i < further.parts_size(); ++i) {
    const PartEdit& part = further.parts(i);
    if (!IsPartId(part.id()) || !seen.insert(part.id()).second) {
      violations.push_back(
          {PathOf(i) + ".id",
           absl::StrCat("'", part.id(), "' came; wanted each id once, of a-z, 0-9 and hyphens"),
           absl::StrCat("「", part.id(),
                        "」は使えません。a-z、0-9、ハイフンで、一度だけ指定してください")});
    }
    if (!part.has_block()) continue;
    if (EditablePart(part.block()) == nullptr) {
      violations.push_back({PathOf(i) + ".block",
                            "wanted a heading, article, paragraph, list or table",
                            "見出し・条・段落・箇条書き・表のいずれかにしてください"});
    } else if (HasTemplateParts(part.block())) {
      violations.push_back({PathOf(i) + ".block", "repeat, when and unless belong into templates",
                            "repeat、when、unless はひな形だけで使えます"});
    }
  }
}

void ApplyEdits(v1::BlockDocument& document, v1::Edits& edits) {
  for (PartEdit& edit : *edits.mutable_parts()) {
    const int place = FindBlock(document, edit.id());
    edit.set_fit(place < 0 ? Add(edit, document) : Change(place, edit, document));
  }
}

void CheckEffect(const v1::Edits& further, const v1::Edits& applied, const FieldValues& fields,
                 std::vector<Violation>& violations) {
  for (int i = 0; i < further.parts_size(); ++i) {
    const PartEdit& part = further.parts(i);
    for (const PartEdit& each : applied.parts()) {
      if (each.id() != part.id() || each.fit() != PartEdit::FIT_PART_MISSING) continue;
      violations.push_back(
          {PathOf(i),
           absl::StrCat("the document has no part '", part.id(), "', nor one to stand after"),
           absl::StrCat("「", part.id(), "」という部分も、その前に置かれる部分もありません")});
    }
    Walk(part.block(), [&](const Message& message) {
      const auto* field = dynamic_cast<const v1::Field*>(&message);
      if (field == nullptr || fields.contains(field->code())) return;
      violations.push_back(
          {PathOf(i) + ".block",
           absl::StrCat("names the field '", field->code(), "', which the document does not have"),
           absl::StrCat("「", field->code(), "」という項目はこの文書にありません")});
    });
  }
}

}  // namespace staraction::document
