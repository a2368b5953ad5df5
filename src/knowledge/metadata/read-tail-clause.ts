import { splitPrinted } from "./split-printed.ts";

const ENDS = /有效期|期满|到期|届满|失效|废止|执行期|截止/;
const OUTSTANDING =
  /(?:尚未|未|仍在|正在|已(?:经)?(?:立项|批准|认定|签订|受理|申报)[^。；]{0,12}(?:尚未|未))[^。；]{0,16}(?:支付|兑付|拨付|兑现|执行|完成|履行|结束|办结|享受|完毕|到期|期满)/;
const GOES_ON =
  /继续(?:执行|有效|兑现|享受|支付|拨付|按|履行|适用)|(?:仍|可|应)(?:然)?(?:按|依)|执行(?:完毕|至|到)|按(?:照)?(?:原|本)[^。；]{0,12}(?:执行|兑现|办理)/;

/** 有效期满尚未支付完毕的继续执行: the sentence as printed; what is granted outlives the document. */
export function readTailClause(paragraphs: readonly string[]): string | null {
  for (const paragraph of paragraphs) {
    for (const { plain, printed } of splitPrinted(paragraph)) {
      if (ENDS.test(plain) && OUTSTANDING.test(plain) && GOES_ON.test(plain)) return printed;
    }
  }
  return null;
}
