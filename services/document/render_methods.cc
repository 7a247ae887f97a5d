#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/document/document_service.h"
#include "services/document/domain/template_data.h"
#include "services/document/store/documents.h"
#include "services/document/store/tables.h"
#include "services/document/writers/pdf.h"

namespace staraction::document {

using pg::Transaction;

// What a rendering is made from, or the rendering if there is one.
struct DocumentService::Sheet {
  v1::Document document;
  v1::Revision revision;
  std::optional<v1::Rendering> rendering;
  std::string bytes;
};

namespace {

constexpr char kPdf[] = "application/pdf";

std::string DocumentOf(const std::string& revision) {
  return revision.substr(0, revision.find("/revisions/"));
}

absl::Status CheckPresident(v1::DocumentKind kind, const declaration::v1::Pledge& pledge) {
  if (pledge.president() == (kind == v1::DOCUMENT_KIND_PRESIDENT_PLEDGE_SHEET)) {
    return absl::OkStatus();
  }
  return InvalidField("member", "signs another sheet: the president's is a document of its own",
                      "代表者と従業員では用紙が違います。対象の方の用紙を選んでください");
}

v1::Rendering NewRendering(const Call& call, const v1::RenderRevisionRequest& request,
                           const RenderedPdf& pdf) {
  v1::Rendering rendering;
  rendering.set_name(request.name() + "/renderings/" + NewId(call.now));
  rendering.set_member(request.member());
  rendering.set_media_type(kPdf);
  rendering.set_page_count(pdf.page_count);
  for (const char32_t point : pdf.missing_glyphs) {
    rendering.add_missing_glyphs(absl::StrFormat("U+%04X", static_cast<uint32_t>(point)));
  }
  rendering.set_creator(call.Actor());
  return rendering;
}

absl::StatusOr<RenderedPdf> RenderSheet(const v1::Revision& revision, const FieldValues& member,
                                        std::shared_ptr<const FontLibrary> fonts) {
  RenderOptions options;
  options.fonts = std::move(fonts);
  options.fields.insert(revision.field_values().begin(), revision.field_values().end());
  for (const auto& [code, value] : member) options.fields[code] = value;
  options.create_time = pg::FromTimestamp(revision.create_time());
  return RenderPdf(revision.document(), options);
}

}  // namespace

absl::StatusOr<FieldValues> DocumentService::ReadMemberFields(const Call& call,
                                                              const v1::Document& document,
                                                              const std::string& member) {
  if (member.empty()) return FieldValues();
  if (!domain::IsPledgeSheet(document.kind())) {
    return InvalidField("member", "only pledge sheets are made for single members",
                        "個人別に作れるのは誓約書だけです");
  }
  SA_ASSIGN_OR_RETURN(const auto ids,
                      ParseName("clients/{client}/members/{member}", member, "member"));
  if (ids[0] != call.client()) {
    return InvalidField("member", "is of another client", "別のお客様の人は指定できません");
  }
  SA_ASSIGN_OR_RETURN(const declaration::v1::Pledge pledge,
                      sources_.GetPledge(call, document.subject() + "/pledges/" + ids[1]));
  SA_RETURN_IF_ERROR(CheckPresident(document.kind(), pledge));
  return domain::MemberFields(pledge);
}

absl::StatusOr<DocumentService::Sheet> DocumentService::ReadSheet(
    const Call& call, const v1::RenderRevisionRequest& request) {
  return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<Sheet> {
    Sheet sheet;
    SA_ASSIGN_OR_RETURN(sheet.revision, kRevisions.Get(tx, request.name()));
    SA_ASSIGN_OR_RETURN(sheet.document, kDocuments.Get(tx, DocumentOf(request.name())));
    SA_ASSIGN_OR_RETURN(sheet.rendering, FindRendering(tx, request.name(), request.member()));
    if (sheet.rendering) {
      SA_ASSIGN_OR_RETURN(sheet.bytes, ReadBytes(tx, *sheet.rendering));
    }
    return sheet;
  });
}

absl::StatusOr<google::api::HttpBody> DocumentService::Render(
    const Call& call, const v1::RenderRevisionRequest& request) {
  SA_ASSIGN_OR_RETURN(Sheet sheet, ReadSheet(call, request));
  v1::Rendering made;
  if (!sheet.rendering) {
    SA_ASSIGN_OR_RETURN(const FieldValues member,
                        ReadMemberFields(call, sheet.document, request.member()));
    SA_ASSIGN_OR_RETURN(RenderedPdf pdf, RenderSheet(sheet.revision, member, fonts_));
    made = NewRendering(call, request, pdf);
    sheet.bytes = std::move(pdf.bytes);
  }
  // Written each time: the audit trail tells who took the file. The bytes are those of whoever
  // came first.
  SA_ASSIGN_OR_RETURN(
      const v1::Rendering rendering,
      pool_.Write(call, request, [&](Transaction& tx) -> absl::StatusOr<v1::Rendering> {
        SA_RETURN_IF_ERROR(kDocuments.Lock(tx, sheet.document.name()).status());
        SA_ASSIGN_OR_RETURN(const auto stored, FindRendering(tx, request.name(), request.member()));
        if (stored) return *stored;
        return StoreRendering(tx, made, sheet.bytes);
      }));
  if (!sheet.rendering && rendering.name() != made.name()) {
    SA_ASSIGN_OR_RETURN(
        sheet.bytes, pool_.Read(call, [&](Transaction& tx) { return ReadBytes(tx, rendering); }));
  }
  google::api::HttpBody body;
  body.set_content_type(kPdf);
  body.set_data(std::move(sheet.bytes));
  return body;
}

DocumentService::Reactor* DocumentService::RenderRevision(Context* context,
                                                          const v1::RenderRevisionRequest* request,
                                                          google::api::HttpBody* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return Render(call, *request); });
}

DocumentService::Reactor* DocumentService::ListRenderings(Context* context,
                                                          const v1::ListRenderingsRequest* request,
                                                          v1::ListRenderingsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListRenderingsResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kRenderings.List(tx, request->parent(), *request));
      return pg::ToResponse(std::move(page), &v1::ListRenderingsResponse::mutable_renderings);
    });
  });
}

}  // namespace staraction::document
