// The rulebook as a whole and its versions, through real gRPC and PostgreSQL.

#include "services/diagnosis/testing.h"

namespace staraction::diagnosis {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RulebookVersionTest : public DiagnosisTest {
 protected:
  std::string NewRule(const std::string& rule) {
    const auto created = As("president", *rulebook_, &Rulebook::CreateRule,
                            "parent: '" + kClient + "' rule { " + rule + " }");
    EXPECT_OK(created);
    return created->name();
  }
  absl::StatusOr<v1::RulebookVersion> Publish(const std::string& version,
                                              const std::string& more = "",
                                              const std::string& user = "president") {
    return As(user, *versions_, &Versions::CreateRulebookVersion,
              "parent: '" + kClient + "' rulebook_version { " + version + " } " + more);
  }
  absl::StatusOr<v1::Rulebook> Book(const std::string& more = "") {
    return As("manager", *versions_, &Versions::GetRulebook,
              "name: '" + kClient + "/rulebook' " + more);
  }
};

TEST_F(RulebookVersionTest, TheBookHasTheRulesInForceWithTheirShortSentences) {
  NewRule("text: '毎日控えを取る' rule_code: 'RULE_BACKUP' short_text: '毎日控え'");
  const std::string update = NewRule("text: '7日以内に更新する' rule_code: 'RULE_UPDATE'");
  const auto book = Book();
  ASSERT_OK(book);
  ASSERT_EQ(book->sections_size(), 2);
  EXPECT_EQ(book->sections(0).number(), 1);
  EXPECT_EQ(book->sections(0).title(), "更新を先送りしない");
  EXPECT_EQ(book->sections(0).entries(0).rule(), update);
  EXPECT_EQ(book->sections(0).entries(0).short_text(), "7日以内に更新する");
  EXPECT_EQ(book->sections(1).number(), 6);
  EXPECT_EQ(book->sections(1).entries(0).short_text(), "毎日控え");
  EXPECT_EQ(book->latest_version(), "");
  EXPECT_EQ(book->unpublished_changes().added(), 2);
  const auto five = Book("rule_list: 'five-rules'");
  ASSERT_OK(five);
  EXPECT_EQ(five->sections(1).number(), 0) << "five rules have no backup";
  EXPECT_THAT(BadFields(Book("rule_list: 'ten-rules'").status()), ElementsAre("rule_list"));
}

TEST_F(RulebookVersionTest, AVersionStaysAsItWasApproved) {
  EXPECT_EQ(ReasonOf(Publish("approver: '社長'").status()), error::v1::ERROR_REASON_CRITERIA_UNMET)
      << "no rule is in force";
  const std::string rule = NewRule("text: '7日以内に更新する' rule_code: 'RULE_UPDATE'");
  const std::string id = "request_id: '0b9e5c1e-6a52-4a0e-9d35-1f2f3a4b5c6d'";
  const auto first = Publish("approver: '" + kMember +
                                 "' approve_date { year: 2026 month: 10 day: 1 } "
                                 "effective_date { year: 2026 month: 11 day: 1 } note: '初版'",
                             id);
  ASSERT_OK(first);
  EXPECT_EQ(first->number(), 1);
  EXPECT_EQ(first->approver_display_name(), "髙橋 花");
  EXPECT_EQ(first->effective_date().month(), 11);
  EXPECT_EQ(first->rule_list(), "six-rules");
  EXPECT_EQ(first->rule_count(), 1);
  EXPECT_EQ(first->changes().added(), 1);
  EXPECT_THAT(first->recorded_by(), HasSubstr("users/"));
  const auto repeated = Publish("approver: '" + kMember +
                                    "' approve_date { year: 2026 month: 10 day: 1 } "
                                    "effective_date { year: 2026 month: 11 day: 1 } note: '初版'",
                                id);
  ASSERT_OK(repeated);
  EXPECT_EQ(repeated->name(), first->name());

  ASSERT_OK(As("president", *rulebook_, &Rulebook::UpdateRule,
               "rule { name: '" + rule + "' text: '3日以内に更新する' }"));
  NewRule("text: '毎日控えを取る' rule_code: 'RULE_BACKUP'");
  const auto book = Book();
  ASSERT_OK(book);
  EXPECT_EQ(book->latest_number(), 1);
  EXPECT_EQ(book->unpublished_changes().changed(), 1);
  EXPECT_EQ(book->unpublished_changes().added(), 1);
  const auto second = Publish("approver: '取締役会'");
  ASSERT_OK(second);
  EXPECT_EQ(second->number(), 2);
  EXPECT_EQ(second->effective_date().SerializeAsString(),
            second->approve_date().SerializeAsString());
  EXPECT_THAT(Facts(""), ::testing::Contains("rulebook.version=2 of client"));

  const auto kept =
      As("manager", *versions_, &Versions::GetRulebookVersion, "name: '" + first->name() + "'");
  ASSERT_OK(kept);
  EXPECT_EQ(kept->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(kept->sections(0).entries(0).text(), "7日以内に更新する");
  const auto list = As("manager", *versions_, &Versions::ListRulebookVersions,
                       "parent: '" + kClient + "' page_size: 1");
  ASSERT_OK(list);
  ASSERT_EQ(list->rulebook_versions_size(), 1);
  EXPECT_EQ(list->rulebook_versions(0).sections_size(), 0);
  EXPECT_NE(list->next_page_token(), "");
  EXPECT_EQ(service_->database().Query(
                "select has_table_privilege('staraction_diagnosis', 'diagnosis.rulebook_version', "
                "'update, delete')::text as value"),
            "false");
}

TEST_F(RulebookVersionTest, WhoApprovesIsKnownAndTheDayHasCome) {
  NewRule("text: 'a' rule_code: 'RULE_UPDATE'");
  EXPECT_THAT(BadFields(Publish("note: 'x'").status()), ElementsAre("rulebook_version.approver"));
  EXPECT_THAT(BadFields(Publish("approver: '" + kOtherClient +
                                "/members/0190a000-0000-7000-8000-0000000000d1'")
                            .status()),
              ElementsAre("rulebook_version.approver"));
  EXPECT_THAT(
      BadFields(Publish("approver: '社長' approve_date { year: 2999 month: 1 day: 1 }").status()),
      ElementsAre("rulebook_version.approve_date"));
  EXPECT_THAT(BadFields(Publish("approver: '社長' rule_list: 'ten-rules'").status()),
              ElementsAre("rulebook_version.rule_list"));
  EXPECT_THAT(Publish("approver: '社長'", "", "manager"), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Publish("approver: '社長'", "", "other"), StatusIs(StatusCode::kPermissionDenied));
}

}  // namespace
}  // namespace staraction::diagnosis
