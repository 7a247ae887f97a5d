#include "services/document/domain/life.h"

#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/text.h"
#include "common/resource/fingerprint.h"
#include "common/seal/seal.h"
#include "common/status/errors.h"
#include "services/document/domain/formats.h"

namespace staraction::document::domain {
namespace {

using v1::Revision;

struct Step {
  const char* verb;
  Revision::State from;
  Revision::State to;
};

constexpr Step kSteps[] = {
    {"submit", Revision::STATE_DRAFT, Revision::STATE_SUBMITTED},
    {"approve", Revision::STATE_SUBMITTED, Revision::STATE_APPROVED},
    {"publish", Revision::STATE_APPROVED, Revision::STATE_PUBLISHED},
    {"withdraw", Revision::STATE_DRAFT, Revision::STATE_WITHDRAWN},
    {"withdraw", Revision::STATE_SUBMITTED, Revision::STATE_WITHDRAWN},
    {"withdraw", Revision::STATE_APPROVED, Revision::STATE_WITHDRAWN},
    {"withdraw", Revision::STATE_PUBLISHED, Revision::STATE_WITHDRAWN},
};

constexpr size_t kLeastDigits = 16;

// What people call the place of this code in the document; empty if no field has it.
std::string LabelIn(const google::protobuf::Message& message, const std::string& code) {
  if (const auto* field = dynamic_cast<const v1::Field*>(&message)) {
    return field->code() == code ? field->label() : "";
  }
  const auto* reflection = message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> present;
  reflection->ListFields(message, &present);
  for (const auto* field : present) {
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      const std::string label = LabelIn(reflection->GetMessage(message, field), code);
      if (!label.empty()) return label;
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      const std::string label = LabelIn(reflection->GetRepeatedMessage(message, field, i), code);
      if (!label.empty()) return label;
    }
  }
  return "";
}

// What people call that which has no value: the variable, else the place; else its code.
std::string LabelOf(const Revision& revision, const std::string& code) {
  for (const auto& variable : revision.variables()) {
    if (absl::StrCat("set.", variable.code()) == code) return variable.title();
  }
  const std::string label = LabelIn(revision.document(), code);
  return label.empty() ? code : label;
}

const char* MarkOf(Revision::State state) {
  switch (state) {
    case Revision::STATE_DRAFT:
      return "案";
    case Revision::STATE_SUBMITTED:
      return "承認待ち";
    case Revision::STATE_WITHDRAWN:
      return "廃止";
    default:
      return "";
  }
}

}  // namespace

std::vector<std::string> ActionsOf(const Revision& revision) {
  std::vector<std::string> verbs;
  for (const Step& step : kSteps) {
    if (step.from == revision.state()) verbs.emplace_back(step.verb);
  }
  return verbs;
}

Revision WithActions(Revision revision) {
  for (std::string& verb : ActionsOf(revision)) revision.add_allowed_actions(std::move(verb));
  return revision;
}

absl::StatusOr<Revision::State> After(const Revision& revision, const std::string& verb) {
  for (const Step& step : kSteps) {
    if (step.from == revision.state() && step.verb == verb) return step.to;
  }
  const std::string state = Revision::State_Name(revision.state());
  return StateConflict(revision.name(), state.substr(sizeof("STATE_") - 1), verb);
}

absl::Status CheckComplete(const Revision& revision) {
  std::vector<Violation> open;
  if (revision.digest().empty()) {
    open.push_back({"digest", "is missing: generate the document again",
                    "確認番号のない古い版です。作り直してください"});
  }
  for (const std::string& code : revision.unresolved_fields()) {
    const std::string label = LabelOf(revision, code);
    open.push_back({code, absl::StrCat("has no value (", label, ")"),
                    absl::StrCat("「", label, "」が決まっていません")});
  }
  return open.empty() ? absl::OkStatus() : CriteriaUnmet(revision.name(), open);
}

std::string ContentDigest(const Revision& revision) {
  std::string content = DeterministicBytes(revision.document());
  const std::map<std::string, std::string> values(revision.field_values().begin(),
                                                  revision.field_values().end());
  for (const auto& [code, value] : values) absl::StrAppend(&content, code, "=", value, "\n");
  return Seal(content);
}

absl::Status CheckDigest(const std::string& seen, const std::string& digest) {
  if (seen.empty()) return absl::OkStatus();
  const std::string digits = absl::AsciiStrToLower(NormalizeCode(seen));
  if (digits.size() >= kLeastDigits && absl::StartsWith(digest, digits)) return absl::OkStatus();
  return InvalidField("digest",
                      absl::StrCat("'", seen, "' is not the digest of this revision, which begins ",
                                   digest.substr(0, kLeastDigits)),
                      absl::StrCat("「", seen, "」はこの版の確認番号（",
                                   digest.substr(0, kLeastDigits), "）と一致しません"));
}

FieldValues LifeFields(const Revision& revision) {
  return {{"approval.mark", MarkOf(revision.state())},
          {"approval.approver", revision.approver_display_name()},
          {"approval.date", DateText(revision.approve_date())},
          {"approval.digest", revision.digest().substr(0, kLeastDigits)}};
}

}  // namespace staraction::document::domain
