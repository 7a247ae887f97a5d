#ifndef STARACTION_SERVICES_DECLARATION_DECLARATION_TEST_FIXTURE_H_
#define STARACTION_SERVICES_DECLARATION_DECLARATION_TEST_FIXTURE_H_

#include <map>
#include <string>

#include "services/declaration/service_test_fixture.h"

namespace staraction::declaration {

inline google::type::Date Day(int month, int day) {
  return ToProtoDate(absl::CivilDay(2026, month, day));
}

inline const v1::DeclarationField& Field(const v1::Declaration& declaration,
                                         const std::string& code) {
  for (const auto& field : declaration.fields()) {
    if (field.code() == code) return field;
  }
  return v1::DeclarationField::default_instance();
}

class DeclarationServiceTest : public ServiceTest {
 protected:
  using Stub = v1::DeclarationService::Stub;

  v1::CreateDeclarationRequest CreateRequest() {
    v1::CreateDeclarationRequest request;
    request.set_parent(kClientName);
    request.mutable_declaration()->set_engagement(kEngagementName);
    return request;
  }
  absl::StatusOr<v1::Declaration> Create(const v1::CreateDeclarationRequest& request) {
    return test::CallAs(Consultant(), *declarations_, &Stub::CreateDeclaration, request);
  }
  absl::StatusOr<v1::Declaration> Create() { return Create(CreateRequest()); }
  absl::StatusOr<v1::Declaration> Get(const std::string& name) {
    v1::GetDeclarationRequest request;
    request.set_name(name);
    return test::CallAs(Consultant(), *declarations_, &Stub::GetDeclaration, request);
  }
  absl::StatusOr<v1::Declaration> Set(const std::string& name,
                                      const std::map<std::string, std::string>& values) {
    v1::SetDeclarationFieldsRequest request;
    request.set_name(name);
    for (const auto& [code, value] : values) (*request.mutable_fields())[code] = value;
    return test::CallAs(Consultant(), *declarations_, &Stub::SetDeclarationFields, request);
  }
  absl::StatusOr<v1::Declaration> FillIn(const std::string& name) {
    return Set(name, {{"LEGAL_NAME_KANA", "ヨシノタカセイサクショ"},
                      {"PURPOSE", "取引先や顧客の信頼を高めるため"},
                      {"CONTACT_NAME", "𠮷田 花子"},
                      {"CONTACT_EMAIL", "ｈａｎａｋｏ@example.jp"},
                      {"CONTACT_PHONE", "06-0000-0000"},
                      {"LISTING_CONSENT", "true"},
                      {"LOGO_TERMS_CONSENT", "true"}});
  }
  absl::StatusOr<v1::Declaration> Acknowledge(const std::string& name) {
    v1::AcknowledgeRulesRequest request;
    request.set_name(name);
    request.set_president_name("山﨑 髙志");
    request.set_channel(common::v1::CHANNEL_CONSULTANT);
    return test::CallAs(Consultant(), *declarations_, &Stub::AcknowledgeRules, request);
  }
  absl::StatusOr<v1::Declaration> Prepare(const std::string& name) {
    v1::PrepareDeclarationRequest request;
    request.set_name(name);
    return test::CallAs(Consultant(), *declarations_, &Stub::PrepareDeclaration, request);
  }
  v1::RecordSubmissionRequest SubmissionRequest(const std::string& name) {
    v1::RecordSubmissionRequest request;
    request.set_name(name);
    *request.mutable_submit_date() = Day(9, 30);
    request.set_submitted_by("𠮷田 花子");
    request.set_gbiz_id_kind(content::v1::GBIZ_ID_KIND_PRIME);
    return request;
  }
  absl::StatusOr<v1::Declaration> Submit(const v1::RecordSubmissionRequest& request) {
    return test::CallAs(Consultant(), *declarations_, &Stub::RecordSubmission, request);
  }
  v1::RecordIssueRequest IssueRequest(const std::string& name, const std::string& id) {
    v1::RecordIssueRequest request;
    request.set_name(name);
    request.set_issued_id(id);
    *request.mutable_issue_date() = Day(9, 30);
    return request;
  }
  absl::StatusOr<v1::Declaration> Issue(const v1::RecordIssueRequest& request) {
    return test::CallAs(Consultant(), *declarations_, &Stub::RecordIssue, request);
  }
  absl::StatusOr<v1::Declaration> Stop(const std::string& name, const std::string& by = "") {
    v1::RecordStopRequest request;
    request.set_name(name);
    *request.mutable_stop_date() = Day(10, 1);
    request.set_reason("やり直し");
    request.set_superseded_by(by);
    return test::CallAs(Consultant(), *declarations_, &Stub::RecordStop, request);
  }
  // Prepared as far as :prepare asks for.
  std::string Complete() {
    auto created = Create();
    EXPECT_OK(created);
    if (!created.ok()) return "";
    EXPECT_OK(FillIn(created->name()));
    EXPECT_OK(Acknowledge(created->name()));
    return created->name();
  }
  // One that has its id since the day before.
  std::string Issued() {
    const std::string name = Complete();
    EXPECT_OK(Prepare(name));
    EXPECT_OK(Submit(SubmissionRequest(name)));
    EXPECT_OK(Issue(IssueRequest(name, "50000123456")));
    return name;
  }
};

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_DECLARATION_TEST_FIXTURE_H_
