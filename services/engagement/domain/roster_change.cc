#include <algorithm>
#include <map>

#include "common/base/date.h"
#include "google/protobuf/util/message_differencer.h"
#include "services/engagement/domain/presence.h"
#include "services/engagement/domain/roster.h"

namespace staraction::engagement::domain {
namespace {

using google::protobuf::FieldDescriptor;
using v1::Member;

// A field's value as people read it; "" if there is none.
std::string ValueText(const Member& member, const FieldDescriptor* field) {
  const auto* reflection = member.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection->GetString(member, field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection->GetEnum(member, field)->name();
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection->GetBool(member, field) ? "true" : "false";
    default:
      break;
  }
  if (field->message_type() != google::type::Date::descriptor()) return "";
  const auto day =
      FromProtoDate(static_cast<const google::type::Date&>(reflection->GetMessage(member, field)));
  return day ? FormatIsoDate(*day) : "";
}

// The member as the file wants it: what the row says, and what it says nothing about.
Member Merged(const Member& present, const RosterFile::Row& row) {
  Member merged = present;
  Member said = row.member;
  for (int i = 0; i < Member::descriptor()->field_count(); ++i) {
    const FieldDescriptor* field = Member::descriptor()->field(i);
    Member& silent = row.fields.contains(field->name()) ? merged : said;
    silent.GetReflection()->ClearField(&silent, field);
  }
  merged.MergeFrom(said);
  return merged;
}

int Employments(const Member& member) {
  return static_cast<int>(std::count_if(
      member.past_periods().begin(), member.past_periods().end(),
      [](const auto& period) { return period.status() == v1::MEMBER_STATUS_ACTIVE; }));
}

v1::MemberChange Describe(const RosterFile::Row& row, v1::MemberChange::Kind kind) {
  v1::MemberChange change;
  change.set_line(row.line);
  change.set_staff_number(row.member.staff_number());
  change.set_display_name(row.member.display_name());
  change.set_kind(kind);
  return change;
}

v1::MemberChange DescribeUpdate(const RosterFile::Row& row, const Member& before,
                                const Member& after) {
  const bool rehired = Employments(after) > Employments(before);
  v1::MemberChange change =
      Describe(row, rehired ? v1::MemberChange::KIND_REHIRED : v1::MemberChange::KIND_UPDATED);
  for (int i = 0; i < Member::descriptor()->field_count(); ++i) {
    const FieldDescriptor* field = Member::descriptor()->field(i);
    if (field->is_repeated()) continue;
    const std::string from = ValueText(before, field);
    const std::string to = ValueText(after, field);
    if (from == to) continue;
    auto* entry = change.add_fields();
    entry->set_field(field->name());
    entry->set_from(from);
    entry->set_to(to);
  }
  return change;
}

}  // namespace

RosterChange CompareRoster(const std::vector<Member>& present,
                           const std::vector<RosterFile::Row>& file, absl::CivilDay today) {
  RosterChange change;
  std::map<std::string, const Member*> known;
  for (const Member& member : present) known[member.staff_number()] = &member;
  for (const RosterFile::Row& row : file) {
    const auto found = known.find(row.member.staff_number());
    if (found == known.end()) {
      change.created.push_back(row.member);
      change.changes.push_back(Describe(row, v1::MemberChange::KIND_CREATED));
      continue;
    }
    const Member& before = *found->second;
    Member after = Merged(before, row);
    KeepHistory(before, today, &after);
    if (google::protobuf::util::MessageDifferencer::Equals(before, after)) {
      ++change.unchanged;
    } else {
      change.changes.push_back(DescribeUpdate(row, before, after));
      change.updated.push_back(std::move(after));
    }
    known.erase(found);
  }
  for (const auto& [number, member] : known) change.missing.push_back(number);
  return change;
}

v1::ImportMembersResponse Report(const RosterChange& change, RosterFile file) {
  v1::ImportMembersResponse reply;
  reply.set_created_count(static_cast<int>(change.created.size()));
  reply.set_updated_count(static_cast<int>(change.updated.size()));
  reply.set_unchanged_count(change.unchanged);
  for (size_t i = 0; i < change.missing.size() && i < kMaxNotes; ++i) {
    reply.add_missing_staff_numbers(change.missing[i]);
  }
  for (size_t i = 0; i < change.changes.size() && i < kMaxNotes; ++i) {
    *reply.add_changes() = change.changes[i];
  }
  for (v1::RowNote& note : file.notes) *reply.add_notes() = std::move(note);
  reply.set_encoding(file.encoding);
  return reply;
}

}  // namespace staraction::engagement::domain
