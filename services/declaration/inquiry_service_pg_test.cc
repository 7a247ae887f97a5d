#include "services/declaration/service_test_fixture.h"

namespace staraction::declaration {
namespace {

using test::CallAs;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::Pair;
using Stub = v1::InquiryService::Stub;
using Inquiry = v1::Inquiry;
using Entry = v1::InquiryEntry;

class InquiryServiceTest : public ServiceTest {
 protected:
  static v1::CreateInquiryRequest Request() {
    v1::CreateInquiryRequest request;
    request.set_parent(kClientName);
    auto& inquiry = *request.mutable_inquiry();
    inquiry.set_source("subsidy-office");
    inquiry.set_sender("補助金事務局");
    inquiry.set_subject("自己宣言IDの確認");
    inquiry.set_engagement(kEngagementName);
    *inquiry.mutable_receive_date() = ToProtoDate(absl::CivilDay(2026, 9, 28));
    request.set_question("自己宣言IDの先頭の数字を教えてください。\n至急お願いします。");
    return request;
  }
  absl::StatusOr<Inquiry> Create(const v1::CreateInquiryRequest& request) {
    return CallAs(Consultant(), *inquiries_, &Stub::CreateInquiry, request);
  }
  absl::StatusOr<Inquiry> Get(const std::string& name) {
    v1::GetInquiryRequest request;
    request.set_name(name);
    return CallAs(keys_.User("president"), *inquiries_, &Stub::GetInquiry, request);
  }
  absl::StatusOr<Inquiry> Add(const std::string& name, Entry::Kind kind, const std::string& text) {
    v1::AddInquiryEntryRequest request;
    request.set_name(name);
    request.set_kind(kind);
    request.set_text(text);
    return CallAs(Consultant(), *inquiries_, &Stub::AddInquiryEntry, request);
  }
  absl::StatusOr<Inquiry> Answer(const std::string& name, const std::string& etag = "") {
    v1::AnswerInquiryRequest request;
    request.set_name(name);
    request.set_text("5で始まります。");
    request.set_answered_by("𠮷田 花子");
    request.set_etag(etag);
    return CallAs(keys_.User("president"), *inquiries_, &Stub::AnswerInquiry, request);
  }
  absl::StatusOr<Inquiry> Close(const std::string& name, const std::string& reason = "") {
    v1::CloseInquiryRequest request;
    request.set_name(name);
    request.set_reason(reason);
    return CallAs(Consultant(), *inquiries_, &Stub::CloseInquiry, request);
  }
};

TEST_F(InquiryServiceTest, IsAskedAnsweredAskedAgainAndClosed) {
  EXPECT_THAT(OpenInquiries(), Pair(0, 0));
  v1::CreateInquiryRequest request = Request();
  request.set_request_id("11111111-1111-4111-8111-111111111111");
  ASSERT_OK_AND_ASSIGN(const Inquiry open, Create(request));
  EXPECT_EQ(open.state(), Inquiry::STATE_OPEN);
  EXPECT_EQ(open.due_date().day(), 30) << "two business days";
  EXPECT_TRUE(open.overdue()) << "it is 10-01";
  EXPECT_EQ(open.source_title(), "補助金の事務局");
  EXPECT_THAT(OpenInquiries(), Pair(1, 1));
  ASSERT_OK_AND_ASSIGN(const Inquiry repeated, Create(request));
  EXPECT_EQ(repeated.name(), open.name());

  ASSERT_OK(Add(open.name(), Entry::KIND_NOTE, "社長に確認中"));
  EXPECT_THAT(Answer(open.name(), Etag(99)), StatusIs(absl::StatusCode::kAborted));
  ASSERT_OK_AND_ASSIGN(const Inquiry answered, Answer(open.name()));
  EXPECT_EQ(answered.state(), Inquiry::STATE_ANSWERED);
  EXPECT_FALSE(answered.overdue());
  EXPECT_THAT(OpenInquiries(), Pair(0, 0));
  ASSERT_OK_AND_ASSIGN(const Inquiry again,
                       Add(open.name(), Entry::KIND_QUESTION, "発行日はいつですか。"));
  EXPECT_EQ(again.state(), Inquiry::STATE_OPEN);
  EXPECT_EQ(again.due_date().day(), 5) << "two business days from today, over a weekend";
  EXPECT_THAT(OpenInquiries(), Pair(1, 0));
  EXPECT_EQ(Close(open.name()).status().code(), absl::StatusCode::kInvalidArgument);
  ASSERT_OK(Answer(open.name()));
  ASSERT_OK_AND_ASSIGN(const Inquiry closed, Close(open.name()));
  EXPECT_THAT(closed.allowed_actions(), ElementsAre("addEntry"));
  EXPECT_THAT(Answer(open.name()), StatusIs(absl::StatusCode::kFailedPrecondition));

  ASSERT_OK_AND_ASSIGN(const Inquiry read, Get(open.name()));
  std::vector<Entry::Kind> kinds;
  for (const auto& entry : read.entries()) kinds.push_back(entry.kind());
  EXPECT_THAT(kinds, ElementsAre(Entry::KIND_QUESTION, Entry::KIND_NOTE, Entry::KIND_ANSWER,
                                 Entry::KIND_QUESTION, Entry::KIND_ANSWER, Entry::KIND_CLOSING));
  EXPECT_EQ(read.entries(0).person(), "補助金事務局");
  EXPECT_EQ(read.entries(0).effective_date().day(), 28);
  EXPECT_EQ(read.entries(2).person(), "𠮷田 花子");
}

TEST_F(InquiryServiceTest, BadInputIsRefused) {
  v1::CreateInquiryRequest request = Request();
  request.mutable_inquiry()->set_source("neighbour");
  EXPECT_THAT(BadFields(Create(request).status()), ElementsAre("inquiry.source"));
  request = Request();
  request.mutable_inquiry()->set_engagement("engagements/0190a000-0000-7000-8000-0000000000e9");
  EXPECT_THAT(BadFields(Create(request).status()), ElementsAre("inquiry.engagement"));
  request = Request();
  request.mutable_inquiry()->set_declaration(kClientName + "/declarations/" +
                                             NewId(absl::UnixEpoch()));
  EXPECT_THAT(BadFields(Create(request).status()), ElementsAre("inquiry.declaration"));
  request = Request();
  request.clear_question();
  EXPECT_THAT(BadFields(Create(request).status()), ElementsAre("question"));
  ASSERT_OK_AND_ASSIGN(const Inquiry inquiry, Create(Request()));
  EXPECT_THAT(BadFields(Add(inquiry.name(), Entry::KIND_ANSWER, "x").status()),
              ElementsAre("kind"));
}

TEST_F(InquiryServiceTest, OwnerAndDayCanBeChanged) {
  ASSERT_OK_AND_ASSIGN(const Inquiry inquiry, Create(Request()));
  v1::UpdateInquiryRequest request;
  auto& patch = *request.mutable_inquiry();
  patch.set_name(inquiry.name());
  patch.set_owner("users/0190a000-0000-7000-8000-0000000000a1");
  *patch.mutable_due_date() = ToProtoDate(absl::CivilDay(2026, 10, 9));
  ASSERT_OK_AND_ASSIGN(const Inquiry updated,
                       CallAs(Consultant(), *inquiries_, &Stub::UpdateInquiry, request));
  EXPECT_EQ(updated.owner(), patch.owner());
  EXPECT_FALSE(updated.overdue());
  EXPECT_EQ(updated.subject(), inquiry.subject());
  *patch.mutable_due_date() = ToProtoDate(absl::CivilDay(2026, 9, 1));
  EXPECT_THAT(BadFields(CallAs(Consultant(), *inquiries_, &Stub::UpdateInquiry, request).status()),
              ElementsAre("inquiry.due_date"));
}

TEST_F(InquiryServiceTest, ListsAllOrOpenOnesByPages) {
  ASSERT_OK_AND_ASSIGN(const Inquiry first, Create(Request()));
  ASSERT_OK_AND_ASSIGN(const Inquiry second, Create(Request()));
  ASSERT_OK(Close(first.name(), "お客様が直接回答"));
  ASSERT_OK_AND_ASSIGN(const Inquiry third, Create(Request()));
  v1::ListInquiriesRequest request;
  request.set_parent(kClientName);
  const auto list = [&] {
    return CallAs(Consultant(), *inquiries_, &Stub::ListInquiries, request);
  };
  ASSERT_OK_AND_ASSIGN(const auto all, list());
  EXPECT_EQ(all.inquiries_size(), 3);
  request.set_open_only(true);
  request.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const auto page, list());
  ASSERT_EQ(page.inquiries_size(), 1);
  EXPECT_EQ(page.inquiries(0).name(), second.name());
  request.set_page_token(page.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto rest, list());
  ASSERT_EQ(rest.inquiries_size(), 1);
  EXPECT_EQ(rest.inquiries(0).name(), third.name());
  EXPECT_EQ(rest.next_page_token(), "");
}

TEST_F(InquiryServiceTest, OthersMayNot) {
  ASSERT_OK_AND_ASSIGN(const Inquiry inquiry, Create(Request()));
  v1::GetInquiryRequest get;
  get.set_name(inquiry.name());
  for (const std::string& token : {keys_.User("elsewhere"), Member(1)}) {
    EXPECT_THAT(CallAs(token, *inquiries_, &Stub::GetInquiry, get),
                StatusIs(absl::StatusCode::kPermissionDenied));
  }
}

}  // namespace
}  // namespace staraction::declaration
