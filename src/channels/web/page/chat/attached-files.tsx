import { CloseOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { writeSize } from "../reply/write-size.ts";
import { useWords } from "../words/words.ts";

export function AttachedFiles({ files, remove }: { files: readonly File[]; remove(file: File): void }) {
  const words = useWords();
  return (
    <ul className="attached" aria-label={words.attached}>
      {files.map((file) => (
        <li className="attached__file" key={`${file.name} ${file.size} ${file.lastModified}`}>
          <span className="attached__name">{file.name}</span>
          <span className="attached__size">{writeSize(file.size)}</span>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined aria-hidden="true" role="presentation" />}
            aria-label={words.remove(file.name)}
            onClick={() => remove(file)}
          />
        </li>
      ))}
    </ul>
  );
}
